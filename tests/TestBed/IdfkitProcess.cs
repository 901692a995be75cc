using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

using Xunit;

namespace TestBed;

/// <summary>The tool <c>idfkit</c> as a process of its own, as a user starts it.</summary>
public sealed class IdfkitProcess : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _printed = new();
    private readonly StringBuilder _errors = new();
    private readonly Process _process;

    private IdfkitProcess(Process process) => _process = process;

    /// <summary>
    /// What <c>IDFKIT_TEST_TOOL</c> names: the tool as it is packed, which starts at once. Unset it is the one beside the tests.
    /// </summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("IDFKIT_TEST_TOOL") is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.Combine(AppContext.BaseDirectory, "idfkit");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Standard output alone.</summary>
    public string Printed
    {
        get { lock (_output) return _printed.ToString(); }
    }

    /// <summary>Standard error alone.</summary>
    public string Errors
    {
        get { lock (_output) return _errors.ToString(); }
    }

    /// <summary>
    /// Standard output and error so far, line by line as they came. Each comes through a pipe of its own: which of two lines is first is
    /// certain only within one of them, so what is said last, or first, is looked for in <see cref="Printed"/> or <see cref="Errors"/>.
    /// </summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    public static IdfkitProcess Start(IReadOnlyDictionary<string, string>? variables, params string[] arguments) =>
        StartIn("", variables, arguments);

    /// <summary>The same in a folder, where relative paths lead to.</summary>
    public static IdfkitProcess StartIn(string folder, IReadOnlyDictionary<string, string>? variables, params string[] arguments)
    {
        // Tests that run in the background ignore SIGINT, and what they start would too.
        var start = OperatingSystem.IsLinux()
            ? new ProcessStartInfo("env", ["--default-signal=INT", Program, .. arguments])
            : new ProcessStartInfo(Program, arguments);
        start.WorkingDirectory = folder;
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);

        // The tests' own variables are no user's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("IDFKIT_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var tool = new IdfkitProcess(new Process { StartInfo = start });
        tool._process.OutputDataReceived += (_, line) => tool.Received(line.Data, tool._printed);
        tool._process.ErrorDataReceived += (_, line) => tool.Received(line.Data, tool._errors);
        tool._process.Start();
        tool._process.BeginOutputReadLine();
        tool._process.BeginErrorReadLine();
        return tool;
    }

    public static async Task<(int ExitCode, string Output)> RunAsync(
        IReadOnlyDictionary<string, string>? variables, params string[] arguments)
    {
        await using var tool = Start(variables, arguments);
        return (await tool.ExitAsync(), tool.Output);
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public Task SaysAsync(string text) => SaysAsync(new Regex(Regex.Escape(text)));

    /// <summary>Waits until it has said something.</summary>
    /// <returns>What that was.</returns>
    public async Task<string> SaysAsync(Regex text)
    {
        while (true)
        {
            // Its last words may still be on their way when it has ended.
            var isOver = _process.HasExited;
            if (isOver) await ExitAsync();
            if (text.Match(Output) is { Success: true } said) return said.Value;
            Assert.False(isOver, Output);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public Task SignalAsync(string name) => Signals.SendAsync(name, Id, TestContext.Current.CancellationToken);

    public async Task SignalUntilExitAsync(string name)
    {
        while (!_process.HasExited)
        {
            await SignalAsync(name);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
    }

    private void Received(string? line, StringBuilder stream)
    {
        if (line is null) return;
        lock (_output)
        {
            stream.AppendLine(line);
            _output.AppendLine(line);
        }
    }
}
