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
        Assert.Equal(Names(packages), Names(lines));
    }

    private static string[] Names(MatchCollection matches) =>
        [.. matches.Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
}
