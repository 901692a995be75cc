using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TestBed;

/// <summary>A server that a script of <c>../shared/s3</c> starts in a folder of its own; gone with the test process, even when that is killed.</summary>
internal sealed class ServerScript : IDisposable
{
    private readonly string _script;
    private readonly string _stop;
    private readonly Dictionary<string, string> _environment;
    private readonly TemporaryFolder _folder = new();
    private readonly Process _watch;

    public ServerScript(string script, string folderVariable, string stop, IReadOnlyDictionary<string, string> environment)
    {
        (_script, _stop) = (script, stop);
        _environment = new Dictionary<string, string>(environment) { [folderVariable] = _folder["s"] };
        var log = _folder["log"];
        // Daemons keep what they inherit, so the script's output goes to a file and not to a pipe.
        Run($"\"{_script}\" start >\"{log}\" 2>&1", () => File.ReadAllText(log));
        // In a session of its own: whoever kills the tests with their whole process group must not kill what cleans up after them.
        _watch = Start("setsid", $"tail --pid={Environment.ProcessId} -f /dev/null; \"{_script}\" {_stop} >/dev/null 2>&1; rm -rf \"{_folder.Path}\"");
    }

    /// <summary>Ports that nobody listens on: the first, and the ones at these distances from it.</summary>
    public static int FreePort(params int[] offsets)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            var port = Random.Shared.Next(15_000, 31_000);
            if (offsets.Append(0).All(offset => IsFree(port + offset))) return port;
        }
        throw new InvalidOperationException("No free ports between 15000 and 31000.");
    }

    /// <summary>Whether a program is on PATH.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a sibling script with this server's environment.</summary>
    public string RunSibling(string name, params string[] arguments)
    {
        var output = _folder[$"{name}-{Guid.NewGuid():N}.out"];  // several tests may run it at once
        var quoted = string.Join(' ', arguments.Select(argument => "'" + argument.Replace("'", "'\\''", StringComparison.Ordinal) + "'"));
        Run($"\"{Path.Combine(Path.GetDirectoryName(_script)!, name)}\" {quoted} >\"{output}\" 2>&1", () => File.ReadAllText(output));
        return File.ReadAllText(output).Trim();
    }

    /// <summary>Runs a command of the shell with this server's environment.</summary>
    public void RunCommand(string command)
    {
        var output = _folder[$"command-{Guid.NewGuid():N}.out"];
        Run($"{{ {command}; }} >\"{output}\" 2>&1", () => File.ReadAllText(output));
    }

    public void Dispose()
    {
        Run($"\"{_script}\" {_stop} >/dev/null 2>&1", () => "");
        _watch.Kill(entireProcessTree: true);
        _watch.WaitForExit();
        _watch.Dispose();
        _folder.Dispose();
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Run(string command, Func<string> output)
    {
        using var process = Start("bash", command);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command} ended with {process.ExitCode}:\n{output()}");
    }

    private Process Start(string program, string command)
    {
        var start = new ProcessStartInfo(program, program == "bash" ? ["-c", command] : ["bash", "-c", command]) { RedirectStandardInput = true };
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
