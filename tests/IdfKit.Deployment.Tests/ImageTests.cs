using System.Security.Cryptography;
using TestBed;

namespace IdfKit.Deployment.Tests;

/// <summary>What the image's build does with what it is given; the build itself needs a container engine.</summary>
public sealed class ImageTests : IDisposable
{
    private static readonly string Install = Repository.PathOf("src", "IdfKit.Lambda", "install-energyplus.sh");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dockerfile_builds_on_the_published_packages_and_never_falls_back_by_itself()
    {
        var text = File.ReadAllText(Repository.PathOf("src", "IdfKit.Lambda", "Dockerfile"));
        Assert.DoesNotContain("AmazonLambda=standins", text, StringComparison.Ordinal);
        Assert.Contains("ARG AmazonLambda=published", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("probe-amazon.sh --again)\" != published", StringComparison.Ordinal) is > 0 and var check
            && check < text.IndexOf("publish.sh /function", StringComparison.Ordinal), "the packages are checked before the build");
        Assert.Contains("""ENTRYPOINT ["/var/task/bootstrap"]""", text, StringComparison.Ordinal);
        Assert.Contains("USER 1654:1654", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_archive_is_cut_down_and_runs_with_its_licence()
    {
        Needs.NotQuick("EnergyPlus");
        var archive = Directory.GetFiles(RealParts.Shared("energyplus"), "*.tar.xz").Single();
        var target = _folder["energyplus"];
        var result = await Tool.RunAsync("sh", _folder.Path, Install, "25.2.0", target, archive, SumOf(archive));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("25.2.0", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(target, "LICENSE.txt")));
        var size = new DirectoryInfo(target).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Assert.InRange(size, 50_000_000, 330_000_000);
    }

    [Fact]
    public async Task Archive_with_another_sum_stops_the_build()
    {
        var archive = await ArchiveAsync("energyplus");
        await StopsAsync("not the one that was checked", "25.2.0", _folder["out"], archive, new string('0', 64));
    }

    [Fact]
    public async Task Sum_that_is_no_sum_stops_the_build() =>
        await StopsAsync("ENERGYPLUS_SHA256 is 'abc'", "25.2.0", _folder["out"], "/nowhere.tar.gz", "abc");

    [Fact]
    public async Task Archive_that_cannot_be_had_stops_the_build() =>
        await StopsAsync("cannot be read", "25.2.0", _folder["out"], _folder["absent.tar.gz"], new string('0', 64));

    [Fact]
    public async Task Version_without_a_checked_archive_stops_the_build() =>
        await StopsAsync("no checked archive of EnergyPlus 1.0.0", "1.0.0", _folder["out"]);

    [Fact]
    public async Task Archive_without_a_licence_stops_the_build()
    {
        var archive = await ArchiveAsync("energyplus");
        await StopsAsync("holds no licence", "25.2.0", _folder["out"], archive, SumOf(archive));
    }

    [Fact]
    public async Task Archive_that_is_no_EnergyPlus_stops_the_build()
    {
        var archive = await ArchiveAsync("LICENSE.txt");
        await StopsAsync("holds no energyplus", "25.2.0", _folder["out"], archive, SumOf(archive));
    }

    [Theory]
    [InlineData("", 2, "usage: eng/publish.sh")]
    [InlineData("--fast", 2, "does not know --fast")]
    [InlineData("a b", 2, "'a' and 'b'")]
    [InlineData("--help", 0, "--jit")]
    public async Task Publish_script_says_what_it_wants(string arguments, int exitCode, string said)
    {
        var result = await Tool.RunAsync(Repository.PathOf("eng", "publish.sh"), _folder.Path,
            arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(said, result.Output + result.Error, StringComparison.Ordinal);
    }

    private static async Task StopsAsync(string sentence, params string[] arguments)
    {
        var result = await Tool.RunAsync("sh", Path.GetTempPath(), [Install, .. arguments]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
    }

    private async Task<string> ArchiveAsync(string file)
    {
        Directory.CreateDirectory(_folder["top"]);
        await File.WriteAllTextAsync(_folder["top", file], "#!/bin/sh\n", TestContext.Current.CancellationToken);
        var made = await Tool.RunAsync("tar", _folder.Path, "-cf", "archive.tar", "top");
        Assert.Equal(0, made.ExitCode);
        return _folder["archive.tar"];
    }

    private static string SumOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
