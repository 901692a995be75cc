using System.Text.RegularExpressions;

using TestBed;

namespace IdfKit.Drops.Tests;

/// <summary>The tables of docs/configuration.md and the code agree.</summary>
public sealed partial class ConfigurationDocTests
{
    [Fact]
    public void Folders_in_the_table_are_those_of_the_layout()
    {
        var layout = new OutputLayout("inputs/", "outputs/", sameBucket: true);
        var rows = FolderRow().Matches(File.ReadAllText(Repository.PathOf("docs", "configuration.md")));
        Assert.NotEmpty(rows);
        Assert.All(rows,
            row => Assert.Equal(row.Groups["folder"].Value, layout.FolderOf(ObjectKey.FromText(row.Groups["key"].Value)) + "/"));
    }

    [GeneratedRegex(@"^\| `(?<key>inputs/[^`]+)` \| `(?<folder>outputs/[^`]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex FolderRow();
}
