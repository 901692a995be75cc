using TestBed;

namespace IdfKit.Deployment.Tests.Scripts;

/// <summary><c>./demo.sh</c> as somebody types it who has just cloned the repository, without a terminal.</summary>
public sealed class DemoScriptTests
{
    [Fact]
    public async Task Demo_says_what_it_does_and_ends_with_the_path_of_the_report()
    {
        var lines = await DemoAsync();
        Assert.StartsWith("This demo drops examples/one-zone.idf into a bucket", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("The page of this run: /", lines[^1], StringComparison.Ordinal);
        Assert.True(File.Exists(lines[^1]["The page of this run: ".Length..]), lines[^1]);
    }

    [Fact]
    public async Task Demo_of_a_study_ends_with_the_path_of_its_page()
    {
        var lines = await DemoAsync("--study");
        Assert.StartsWith("This demo runs 36 variants", lines[0], StringComparison.Ordinal);
        var page = lines.Last(line => line.StartsWith("Page:", StringComparison.Ordinal))["Page:".Length..].Trim();
        Assert.True(File.Exists(Path.Combine(Repository.Root, page)), page);
    }

    [Theory]
    [InlineData("--studdy")]
    [InlineData("office.idf")]
    public async Task Argument_that_is_none_is_refused_before_anything_is_built(string argument)
    {
        var demo = await Tool.RunAsync("bash", Repository.Root, Repository.PathOf("demo.sh"), argument);
        Assert.Equal((2, ""), (demo.ExitCode, demo.Output));
        Assert.StartsWith($"demo.sh does not know '{argument}'.\n", demo.Error, StringComparison.Ordinal);
        Assert.Contains("usage: ./demo.sh", demo.Error, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> DemoAsync(params string[] arguments)
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        _ = RealParts.EnergyPlus();
        var demo = await Tool.RunAsync(
            "env", Repository.Root, ["NO_COLOR=1", "IDFKIT_TEST_BOOTSTRAP=", Repository.PathOf("demo.sh"), .. arguments]);
        Assert.True(demo.ExitCode == 0, demo.Output + demo.Error);
        Assert.DoesNotContain('\u001b', demo.Output + demo.Error);
        return demo.Output.TrimEnd().Split('\n');
    }
}
