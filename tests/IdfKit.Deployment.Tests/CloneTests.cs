using TestBed;

namespace IdfKit.Deployment.Tests;

/// <summary>A clone as Git for Windows makes it by default: every text with CRLF, but for what .gitattributes says.</summary>
public sealed class CloneTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Clone_with_autocrlf_has_scripts_that_run_and_models_that_are_the_same()
    {
        await Tool.RequireAsync("needs git", "git", "-C", Repository.Root, "rev-parse", "HEAD");
        var clone = _folder["clone"];
        await RunAsync("git", "clone", "-q", "-c", "core.autocrlf=true", "-c", "core.safecrlf=false", Repository.Root, clone);
        // What is not committed yet is part of the question, too.
        File.Copy(Repository.PathOf(".gitattributes"), Path.Combine(clone, ".gitattributes"), overwrite: true);
        await RunAsync("git", "-C", clone, "rm", "-rq", "--cached", ".");
        await RunAsync("git", "-C", clone, "reset", "-q", "--hard");

        var found = await RunAsync("git", "-C", clone, "grep", "-lI", "^#!.*sh$", "--", ":!docs");
        var scripts = found.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("eng/publish.sh", scripts);
        Assert.Contains(".ci/run", scripts);
        foreach (var script in scripts) await RunAsync("bash", "-n", Path.Combine(clone, script));
        string[] sent =
            ["template.yaml", "samconfig.toml", "src/IdfKit.Lambda/Dockerfile", "eng/energyplus-archives.txt", "examples/one-zone.idf"];
        foreach (var file in scripts.Concat(sent))
            Assert.False(File.ReadAllBytes(Path.Combine(clone, file)).Contains((byte)'\r'), $"{file} has a carriage return");
        foreach (var recorded in Directory.EnumerateFiles(Repository.PathOf("examples", "recorded"), "*", SearchOption.AllDirectories))
        {
            var cloned = Path.Combine(clone, Path.GetRelativePath(Repository.Root, recorded));
            Assert.Equal(await File.ReadAllBytesAsync(recorded, Token), await File.ReadAllBytesAsync(cloned, Token));
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var result = await Tool.RunAsync(program, _folder.Path, arguments);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result.Error}{result.Output}");
        return result.Output;
    }
}
