using TestBed;

namespace IdfKit.Deployment.Tests.Packages;

/// <summary><c>eng/pack.sh</c> and <c>eng/release.sh</c> refuse what they cannot do before they do anything.</summary>
public sealed class ScriptUsageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ScriptUsageTests() => Needs.That(OperatingSystem.IsLinux(), Needs.Linux);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pack.sh")]
    [InlineData("pack.sh", "OUT", "latest")]
    [InlineData("pack.sh", "OUT", "1.0.0", "more")]
    [InlineData("pack.sh", "OUT", "--everything")]
    [InlineData("release.sh")]
    [InlineData("release.sh", "v1")]
    [InlineData("release.sh", "1.0.0; true")]
    [InlineData("release.sh", "1.0.0", "OUT", "more")]
    public async Task Wrong_usage_makes_nothing(string script, params string[] arguments)
    {
        var result = await Tool.RunAsync(Repository.PathOf("eng", script), _folder.Path, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.NotEqual("", result.Error);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Release_goes_into_no_folder_that_holds_something()
    {
        Directory.CreateDirectory(_folder["full"]);
        await File.WriteAllTextAsync(_folder["full", "idfkit.0.0.1.nupkg"], "", TestContext.Current.CancellationToken);
        var result = await Tool.RunAsync(Repository.PathOf("eng", "release.sh"), _folder.Path, "1.0.0", _folder["full"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is not empty", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_without_its_tag_stops_before_anything_is_made()
    {
        await Tool.RequireAsync("needs git", "git", "-C", Repository.Root, "rev-parse", "HEAD");
        var result = await Tool.RunAsync(Repository.PathOf("eng", "release.sh"), _folder.Path, "987.0.0", _folder["out"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public async Task Release_of_a_tag_of_another_commit_says_so()
    {
        await Tool.RequireAsync("needs git", "git", "-C", Repository.Root, "rev-parse", "HEAD");
        var clone = _folder["clone"];
        await GitAsync("clone", "-q", Repository.Root, clone);
        await GitAsync("-C", clone, "tag", "v987.0.0");
        await GitAsync("-C", clone, "-c", "user.name=n", "-c", "user.email=n@example.org", "commit", "-q", "--allow-empty", "-m", "Later");
        var result = await Tool.RunAsync(Path.Combine(clone, "eng", "release.sh"), _folder.Path, "987.0.0", _folder["out"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("The tag v987.0.0 is on another commit than this one.", result.Error, StringComparison.Ordinal);
    }

    private async Task GitAsync(params string[] arguments)
    {
        var result = await Tool.RunAsync("git", _folder.Path, arguments);
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
