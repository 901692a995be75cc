using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TestBed;

namespace IdfKit.Deployment.Tests;

public sealed class DependenciesTests
{
    [Fact]
    public void Every_package_has_its_line_and_every_line_its_package()
    {
        var packages = Regex.Matches(File.ReadAllText(Repository.PathOf("Directory.Packages.props")),
            "PackageVersion Include=\"([^\"]+)\" Version=\"\\[[0-9.]+\\]\"");
        var lines = Regex.Matches(
            File.ReadAllText(Repository.PathOf("docs", "dependencies.md")), @"^\| `([^`]+)` \|", RegexOptions.Multiline);
        var tools = JsonNode.Parse(File.ReadAllText(Repository.PathOf(".config", "dotnet-tools.json")))!["tools"]!.AsObject();
        Assert.Equal(Names(packages).Concat(tools.Select(tool => tool.Key)).Order(StringComparer.Ordinal), Names(lines));
    }

    private static string[] Names(MatchCollection matches) =>
        [.. matches.Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
}
