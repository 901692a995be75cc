using TestBed;

namespace IdfKit.Deployment.Tests.Scripts;

/// <summary>What the scripts of <c>eng/s3</c> say; that their servers work is shown by every test that uses one.</summary>
public sealed class S3ScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("install.sh", "--help", 0, "as root")]
    [InlineData("install.sh", "now", 2, "usage:")]
    [InlineData("rgw.sh", "--help", 0, "topic NAME URL")]
    [InlineData("rgw.sh", "", 2, "usage:")]
    [InlineData("moto.sh", "--help", 0, "moto.sh install")]
    [InlineData("moto.sh", "restart", 2, "usage:")]
    public async Task Script_says_what_it_wants(string script, string arguments, int exitCode, string said)
    {
        var result = await RunAsync(script, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(said, exitCode == 0 ? result.Output : result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_empties_no_folder_that_it_has_not_made()
    {
        var precious = _folder["mine", "thesis.txt"];
        Directory.CreateDirectory(_folder["mine"]);
        await File.WriteAllTextAsync(precious, "years of work", TestContext.Current.CancellationToken);
        var result = await RunAsync("rgw.sh", "wipe");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            $"rgw.sh: {_folder["mine"]} holds something else than a gateway; RGW_DIR must name a folder of its own\n",
            result.Error);
        Assert.True(File.Exists(precious));
    }

    [Theory]
    [InlineData("status", "gateway is down")]
    [InlineData("topic name http://127.0.0.1:9/", "no gateway runs in")]
    [InlineData("user key secret", "no gateway runs in")]
    public async Task Gateway_that_is_not_started_is_said_to_be_down(string arguments, string said)
    {
        var result = await RunAsync("rgw.sh", arguments.Split(' '));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(said, result.Output + result.Error, StringComparison.Ordinal);
    }

    private Task<ToolResult> RunAsync(string script, params string[] arguments) =>
        Tool.RunAsync("env", _folder.Path,
            ["RGW_DIR=" + _folder["mine"], "MOTO_DIR=" + _folder["mine"], Repository.PathOf("eng", "s3", script), .. arguments]);
}
