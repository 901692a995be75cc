using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace IdfKit.Cli.Tests;

/// <summary>What the tool does when nobody can read on, and when it is stopped.</summary>
public sealed class OutputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--help > /dev/full", "No space left")]
    [InlineData("doctor --help > /dev/full", "No space left")]
    [InlineData("doctor > /dev/full", "No space left")]
    [InlineData("doctor >&-", "Bad file descriptor")]
    public async Task Output_that_takes_no_more_is_one_sentence(string arguments, string why)
    {
        var start = new ProcessStartInfo("sh", ["-c", $"exec '{Tool.Program}' {arguments}"])
        {
            RedirectStandardError = true,
        };
        using var tool = Process.Start(start)!;
        var said = await tool.StandardError.ReadToEndAsync(Token);
        await tool.WaitForExitAsync(Token);
        Assert.Equal(
            (1, $"idfkit: the output cannot be written ({why}); direct it to where there is room.\n"),
            (tool.ExitCode, said.Replace(" on device", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Doctor_that_is_stopped_says_so(string signal)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var variables = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = $"http://{silent.LocalEndpoint}",
            ["AWS_ACCESS_KEY_ID"] = "key", ["AWS_SECRET_ACCESS_KEY"] = "secret", ["AWS_REGION"] = "us-east-1",
        };
        await using var tool = Tool.Start(variables, "doctor", "--bucket", "some-bucket");
        using var asked = await silent.AcceptTcpClientAsync(Token);
        await tool.SignalAsync(signal);
        Assert.Equal(1, await tool.ExitAsync());
        Assert.EndsWith("idfkit: interrupted.", tool.Errors.TrimEnd(), StringComparison.Ordinal);
    }
}
