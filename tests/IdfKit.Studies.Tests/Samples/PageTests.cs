using System.Text.RegularExpressions;

using TestBed;

namespace IdfKit.Studies.Tests.Samples;

/// <summary>What docs/studies.md shows.</summary>
public sealed partial class PageTests
{
    private static string Page { get; } = File.ReadAllText(Repository.PathOf("docs", "studies.md"));

    [Fact]
    public void Samples_of_the_page_are_compiled_ones()
    {
        var source = File.ReadAllText(Repository.PathOf("tests", "IdfKit.Studies.Tests", "Samples", "PageSamples.cs"));
        var compiled = Sample().Matches(source).Select(sample => Plain(sample.Groups[2].Value));
        Assert.Equal(compiled, Shown().Matches(Page).Select(shown => Plain(shown.Groups[1].Value)));
    }

    [Fact]
    public void Study_of_the_page_is_one()
    {
        using var bed = new StudyBed().WithOneZone();
        var csv = Page.Split("```")[3].Trim();
        var study = bed.With("office.study.csv", csv).Read();
        Assert.Equal(["base", "north", "deep"], study.Rows.Select(row => row.Name));
        Assert.Null(study.Rows[2].Values[2]);
    }

    private static string Plain(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex(@"// <(\w+)>\n(.*?)// </\1>", RegexOptions.Singleline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shown();
}
