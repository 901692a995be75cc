using System.Text.RegularExpressions;

namespace IdfKit.Cli.Tests.Documents;

/// <summary>Links between the pages lead to a file, and to a heading where they name one.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Page.Names];

    [Theory, MemberData(nameof(Pages))]
    public void Links_of_a_page_lead_somewhere(string name) => Assert.Empty(Broken(Page.Read(name)));

    [Theory]
    [InlineData("[a](nothing.md)")]
    [InlineData("[a](docs/studies.md#in-the-buckets)")]
    public void A_link_that_leads_nowhere_is_noticed(string prose) => Assert.Single(Broken(Page.Of("README.md", [prose])));

    private static List<string> Broken(Page page) =>
        [.. Link().Matches(Code().Replace(page.Prose, "")).Select(link => link.Groups[1].Value).Where(link => !Leads(page, link))];

    private static bool Leads(Page page, string link)
    {
        if (link.Contains("://", StringComparison.Ordinal)) return true;
        var (file, heading) = link.Split('#') is [var path, var anchor] ? (path, anchor) : (link, "");
        var folder = Path.GetDirectoryName(TestBed.Repository.PathOf(page.Name))!;
        var full = file.Length == 0 ? TestBed.Repository.PathOf(page.Name) : Path.GetFullPath(Path.Combine(folder, file));
        if (!Path.Exists(full)) return false;
        return heading.Length == 0 || HeadingsOf(full).Contains(heading);
    }

    // As GitHub makes anchors: small letters, hyphens for blanks, no punctuation.
    private static IEnumerable<string> HeadingsOf(string file) => Page.Of(file, File.ReadAllLines(file)).Prose.Split('\n')
        .Where(line => line.StartsWith('#'))
        .Select(line => Punctuation().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
