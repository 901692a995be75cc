using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

using TestBed;

namespace IdfKit.Open.Tests;

/// <summary><c>idfkit open</c> as a process of its own, without a browser.</summary>
public sealed partial class OpenedTool : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private OpenedTool(Process process) => _process = process;

    /// <summary>With the token.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Without it.</summary>
    public Uri Root => new(Address.GetLeftPart(UriPartial.Authority) + "/");

    public string Token => Address.Query["?token=".Length..];

    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>Started over a place, and ready.</summary>
    public static Task<OpenedTool> StartAsync(string place, params string[] options) => StartAsync(place, null, options);

    public static Task<OpenedTool> StartAsync(
        string place, IReadOnlyDictionary<string, string>? variables, params string[] options) =>
        RunAsync(["open", place, "--no-browser", .. options], variables);

    /// <summary>Started such that it shows itself in the system's browser.</summary>
    public static Task<OpenedTool> ShowAsync(string place, IReadOnlyDictionary<string, string> variables) =>
        RunAsync(["open", place], variables);

    private static async Task<OpenedTool> RunAsync(string[] arguments, IReadOnlyDictionary<string, string>? variables)
    {
        var idfkit = Path.Combine(AppContext.BaseDirectory, "idfkit");
        // Tests that run in the background ignore SIGINT, and what they start would too.
        var start = OperatingSystem.IsLinux()
            ? new ProcessStartInfo("env", ["--default-signal=INT", idfkit, .. arguments])
            : new ProcessStartInfo(idfkit, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        // The tests' own variables are no user's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("IDFKIT_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var tool = new OpenedTool(new Process { StartInfo = start });
        tool._process.OutputDataReceived += tool.Received;
        tool._process.ErrorDataReceived += tool.Received;
        tool._process.Start();
        tool._process.BeginOutputReadLine();
        tool._process.BeginErrorReadLine();
        tool.Address = new(await tool.SaysAsync(AddressText()));
        return tool;
    }

    /// <summary>Waits until it has said something.</summary>
    public async Task<string> SaysAsync(Regex text)
    {
        while (true)
        {
            if (text.Match(Output) is { Success: true } said) return said.Value;
            Assert.False(_process.HasExited, Output);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Presses Ctrl-C.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await Signals.SendAsync("INT", _process.Id, TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public string Port => Root.Port.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
    }

    private void Received(object sender, DataReceivedEventArgs e)
    {
        lock (_output) if (e.Data is not null) _output.AppendLine(e.Data);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/\?token=[0-9a-f]+")]
    private static partial Regex AddressText();
}
