using TestBed;

namespace IdfKit.Architecture.Tests;

/// <summary>Files of the build that tools fill again when nobody looks.</summary>
public sealed class SolutionFileTests
{
    private static readonly string[] Solution = File.ReadAllLines(Repository.PathOf("IdfKit.Lambda.sln"));

    [Fact]
    public void Solution_has_rows_for_Any_CPU_alone() =>
        Assert.DoesNotContain(Solution,
            line => line.Contains("|x64", StringComparison.Ordinal) || line.Contains("|x86", StringComparison.Ordinal));

    // eng/probe asks the feed for packages that it may not have; eng/fetch and eng/notices are built by the scripts that need them.
    [Fact]
    public void Solution_has_every_project_and_no_other()
    {
        string[] places = ["src", "tests", "bench", "eng", "examples"];
        var there = places.SelectMany(place => Directory.EnumerateFiles(Repository.PathOf(place), "*.csproj", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'));
        there = there.Where(path => path.Split('/') is not ["eng", "probe" or "fetch" or "notices", ..]);
        var named = Solution.Where(line => line.StartsWith("Project(", StringComparison.Ordinal))
            .Select(line => line.Split('"')[5].Replace('\\', '/'))
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));
        Assert.Equal(there.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_project_compiles_the_files_of_another()
    {
        var linked = new[] { "src", "tests", "bench" }
            .SelectMany(place => Directory.EnumerateFiles(Repository.PathOf(place), "*.csproj", SearchOption.AllDirectories))
            .SelectMany(path => File.ReadLines(path).Where(IsLink).Select(line => $"{Path.GetFileName(path)}: {line.Trim()}"));
        Assert.Equal([], linked);
    }

    // The wire format of idfkit-engine is one file, compiled into both ends.
    private static bool IsLink(string line) =>
        line.Contains("<Compile Include=\"../", StringComparison.Ordinal)
            && !line.Contains("IdfKit.Engine.Host/", StringComparison.Ordinal);
}
