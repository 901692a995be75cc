using System.Text.RegularExpressions;
using TestBed;

namespace IdfKit.Storage.Tests;

public sealed partial class RuleCitationTests
{
    [Fact]
    public void Every_rule_is_cited_by_a_test_and_every_citation_names_a_rule()
    {
        var rules = Rule().Matches(File.ReadAllText(Repository.PathOf("docs", "storage-contract.md")))
            .Select(match => match.Groups[1].Value)
            .ToList();
        var cited = Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Citation().Matches(File.ReadAllText(file)))
            .SelectMany(match => Name().Matches(match.Value)).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Equal(rules.Distinct(), rules);
        Assert.Empty(cited.Except(rules));
        Assert.Empty(rules.Except(cited));
    }

    [GeneratedRegex(@"^- \*\*([A-Z]\d+)\*\*", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex(@"\bRule\((?:""[A-Z]\d+""(?:, )?)+\)")]
    private static partial Regex Citation();

    [GeneratedRegex(@"""([A-Z]\d+)""")]
    private static partial Regex Name();
}
