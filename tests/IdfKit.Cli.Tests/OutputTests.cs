using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

using TestBed;

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

    [Theory] // it was ended by an exception
    [InlineData("2> /dev/full")]
    [InlineData("2>&-")]
    public async Task Errors_that_cannot_be_written_change_no_exit_code(string errors)
    {
        using var tool = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec '{Tool.Program}' show /nowhere/at/all {errors}"]))!;
        await tool.WaitForExitAsync(Token);
        Assert.Equal(1, tool.ExitCode);
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

    [Theory] // it was ended by an exception of the first line that it could not write
    [InlineData("dev served --bootstrap ScriptedFunction", "Ctrl-C stops", 0)]
    [InlineData("watch bucket", "waiting", 1)]
    [InlineData("open bucket --no-browser", "token=", 0)]
    public async Task Terminal_that_is_closed_stops_a_command_as_interrupting_it_does(string arguments, string ready, int exitCode)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["bucket", "inputs"]);
        DesignDays.Write(folder["bucket", "inputs", "waits.idf"]);
        var function = Path.Combine(AppContext.BaseDirectory, "ScriptedFunction");
        arguments = arguments.Replace("ScriptedFunction", function, StringComparison.Ordinal);
        // The shell of a terminal hands the signal on that it gets, and when it ends the system sends it once more.
        var command = $"'{Tool.Program}' {arguments} & trap \"kill -HUP $!; sleep 0.1; kill -HUP $!\" HUP; "
            + "wait $!; wait $!; echo $? > code.txt; mv code.txt code";
        var quoted = command.Replace("'", "'\\''", StringComparison.Ordinal);
        var start = new ProcessStartInfo("script", ["-qefc", $"exec sh -c '{quoted}'", "/dev/null"])
        {
            WorkingDirectory = folder.Path, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        using var terminal = Process.Start(start)!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Token);
        late.CancelAfter(TimeSpan.FromMinutes(3));
        var said = "";
        try
        {
            for (var buffer = new char[1024]; !said.Contains(ready, StringComparison.Ordinal);)
            {
                var count = await terminal.StandardOutput.ReadAsync(buffer, late.Token);
                Assert.True(count > 0, said);
                said += new string(buffer, 0, count);
            }
            terminal.Kill();
            while (!File.Exists(folder["code"])) await Task.Delay(50, late.Token);
        }
        finally
        {
            if (!terminal.HasExited) terminal.Kill(entireProcessTree: true);
        }
        Assert.Equal($"{exitCode}", (await File.ReadAllTextAsync(folder["code"], Token)).Trim());
    }
}
