using System.Diagnostics;

namespace TestBed;

/// <summary>
/// A server that a script of <c>eng/s3</c> starts in a folder of its own; gone with the test process, even when that is
/// killed.
/// </summary>
internal sealed class ServerScript : IDisposable
{
    private readonly string _script;
    private readonly string _end;
    private readonly Dictionary<string, string> _environment;
    private readonly TemporaryFolder _folder = new();
    private readonly Process _watch;
    private bool _isDisposed;

    /// <summary>Starts it.</summary>
    /// <param name="name">Of the script.</param>
    /// <param name="folderVariable">By which the script is given its folder.</param>
    /// <param name="end">The verb that ends the server.</param>
    /// <param name="environment">What else the script is given.</param>
    public ServerScript(string name, string folderVariable, string end, IReadOnlyDictionary<string, string> environment)
    {
        (_script, _end) = (PathOf(name), end);
        // Blanks and letters beyond ASCII, as people have them in their folders.
        _environment = new Dictionary<string, string>(environment) { [folderVariable] = _folder["Büro 1"] };
        Run("start");
        // In a session of its own: who kills the tests with their whole process group must not kill what cleans up after them.
        _watch = Start("setsid", "bash", "-c",
            $"tail --pid={Environment.ProcessId} -f /dev/null; \"$0\" {end} >/dev/null 2>&1; rm -rf \"$1\"",
            _script, _folder.Path);
        _watch.StandardInput.Close();
    }

    /// <summary>A script of <c>eng/s3</c>.</summary>
    public static string PathOf(string name) => Repository.PathOf("eng", "s3", name);

    /// <summary>Whether a program is on PATH.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>One of the script's verbs, with text for it to read if any.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message holds the script's own line.</exception>
    public string Run(string verb, IEnumerable<string>? arguments = null, string input = "")
    {
        using var process = Start(_script, [verb, .. arguments ?? []], redirect: true);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{_script} {verb} ended with {process.ExitCode}:\n{error.Result}{output.Result}");
        return output.Result.Trim();
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        Run(_end);
        _watch.Kill(entireProcessTree: true);
        _watch.WaitForExit();
        _watch.Dispose();
        _folder.Dispose();
    }

    private Process Start(string program, params string[] arguments) => Start(program, arguments, redirect: false);

    private Process Start(string program, IEnumerable<string> arguments, bool redirect)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = redirect, RedirectStandardError = redirect
        };
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
