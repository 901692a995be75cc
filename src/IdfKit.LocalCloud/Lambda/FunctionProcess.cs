using System.ComponentModel;
using System.Diagnostics;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>One run of the function's executable, in a session of its own where <c>setsid</c> exists, so that whatever
/// it leaves behind can be ended with it.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(1);
    private static readonly string? SetSid = new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists);
    private readonly Process _process;
    private readonly Task _output;
    private readonly string _privateFolder;
    private readonly Survivor? _survivor;

    private FunctionProcess(Process process, Task output, string privateFolder, bool endsBySignal)
    {
        _process = process;
        _output = output;
        _privateFolder = privateFolder;
        Id = process.Id;
        _survivor = SetSid is null ? null : Survivor.Start(SetSid, Id, privateFolder);
        OwnerSignals.Register(this, endsBySignal);
    }

    public int Id { get; }

    /// <exception cref="LocalLambdaException">The executable cannot be started.</exception>
    public static FunctionProcess Start(LocalLambdaOptions options, string runtimeApi, string logStream)
    {
        var privateFolder = PrivateFolder();
        var executable = Path.GetFullPath(options.BootstrapPath);
        var start = new ProcessStartInfo(SetSid ?? executable)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(executable),
        };
        if (SetSid is not null) start.ArgumentList.Add(executable);
        foreach (var argument in options.Arguments) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in FunctionEnvironment.Create(options, runtimeApi, logStream, privateFolder))
            start.Environment[name] = value;
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = Task.WhenAll(
                PumpAsync(process.StandardOutput, options.Log),
                PumpAsync(process.StandardError, options.Log));
            return new FunctionProcess(process, output, privateFolder, endsBySignal: !options.OwnerTakesSignals);
        }
        catch (Win32Exception e)
        {
            Directory.Delete(privateFolder, recursive: true);
            throw new LocalLambdaException($"The function {executable} cannot be started: {e.Message}.", e);
        }
    }

    private static string PrivateFolder()
    {
        try
        {
            return Directory.CreateTempSubdirectory("idfkit-lambda-").FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalLambdaException(
                $"The function cannot be started: no folder for it can be made in {Path.GetTempPath()} ({e.Message.TrimEnd('.')}). "
                    + "Make room there, or set TMPDIR to a folder that can be written.",
                e);
        }
    }

    public async Task<FunctionExit> WaitAsync()
    {
        await _process.WaitForExitAsync();
        ProcessSignals.KillGroup(Id);
        // A grandchild in another session may hold the pipe open: do not wait for it for long.
        await Task.WhenAny(_output, Task.Delay(OutputGrace));
        return new FunctionExit(_process.ExitCode);
    }

    /// <summary>Ends the process and all its descendants at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // Gone already, or a descendant ended while the tree was being walked: the group is what is left.
        }
        ProcessSignals.KillGroup(Id);
    }

    /// <summary>SIGTERM, a wait, then <see cref="Kill"/>.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (!_process.HasExited)
        {
            ProcessSignals.Terminate(Id);
            using var timer = new CancellationTokenSource(patience);
            try
            {
                await _process.WaitForExitAsync(timer.Token);
            }
            catch (OperationCanceledException)
            {
                // Out of patience: killed below.
            }
        }
        Kill();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await WaitAsync();
        OwnerSignals.Unregister(this);
        _process.Dispose();
        RemovePrivateFolder();
        _survivor?.Dispose();
    }

    /// <summary>For an owner that is about to end and cannot wait.</summary>
    public void Abandon()
    {
        Kill();
        RemovePrivateFolder();
    }

    private void RemovePrivateFolder()
    {
        try
        {
            Directory.Delete(_privateFolder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The function removed its own /tmp; so be it.
        }
        catch (IOException)
        {
            // A descendant in its own session may still write there; the temporary folder's own clean-up gets the rest.
        }
    }

    private static async Task PumpAsync(StreamReader reader, Action<string>? log)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line) log?.Invoke(line);
        }
        catch (ObjectDisposedException)
        {
            // The process object went first, see OutputGrace.
        }
    }
}
