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
            "PackageVersion Include=\"([^\"]+)\" Version=\"\\[[0-9.]+(,[0-9.]+\\)|\\])\"");
        // A row may be of several that belong together.
        var rows = File.ReadLines(Repository.PathOf("docs", "dependencies.md"))
            .Where(line => Regex.IsMatch(line, @"^\| `[^`]+`(, `[^`]+`)* \|"));
        var lines = rows.SelectMany(row => Regex.Matches(row.Split('|')[1], "`([^`]+)`")).Select(match => match.Groups[1].Value);
        var tools = JsonNode.Parse(File.ReadAllText(Repository.PathOf(".config", "dotnet-tools.json")))!["tools"]!.AsObject();
        Assert.Equal(
            Names(packages).Concat(tools.Select(tool => tool.Key)).Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    private static string[] Names(MatchCollection matches) =>
        [.. matches.Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
}
