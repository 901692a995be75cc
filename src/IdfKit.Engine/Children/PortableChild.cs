using System.ComponentModel;
using System.Diagnostics;

namespace IdfKit.Engine.Children;

/// <summary>
/// A child where there is no Linux: no session, no limits, no signal told apart from an exit code, peak memory as far as the
/// platform tells. It is killed with its descendants, and its environment is as scrubbed as elsewhere.
/// </summary>
internal sealed class PortableChild : IChild
{
    private readonly Process _process;

    private PortableChild(Process process, OutputReceiver output)
    {
        _process = process;
        Completion = FollowAsync(output);
    }

    public Task<ChildExit> Completion { get; }

    public static PortableChild Start(ChildStart start, OutputReceiver output)
    {
        var info = new ProcessStartInfo(start.Program, start.Arguments)
        {
            WorkingDirectory = start.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in start.Environment) info.Environment[name] = value;
        try
        {
            var process = Process.Start(info)!;
            process.StandardInput.Close();
            return new(process, output);
        }
        catch (Win32Exception e)
        {
            var advice = StartFault.Advice(start.Program, e.NativeErrorCode)
                ?? "Check that it is a program for this machine and may be executed.";
            throw new EnergyPlusException(EnergyPlusErrorKind.Broken, $"Starting {start.Program} failed: {e.Message}. {advice}", e);
        }
    }

    public void Stop()
    {
        try { _process.Kill(entireProcessTree: true); }
        // it has ended by itself
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException) { return; }
    }

    private async Task<ChildExit> FollowAsync(OutputReceiver output)
    {
        var gate = new Lock();
        await Task.WhenAll(DrainAsync(_process.StandardOutput.BaseStream, output, gate),
            DrainAsync(_process.StandardError.BaseStream, output, gate)).ConfigureAwait(false);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        var exit = new ChildExit(
            _process.ExitCode, null, Measured(() => _process.TotalProcessorTime), Measured(() => _process.PeakWorkingSet64));
        _process.Dispose();
        return exit;
    }

    private static async Task DrainAsync(Stream pipe, OutputReceiver output, Lock gate)
    {
        var buffer = new byte[8192];
        while (await pipe.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
        {
            lock (gate) output(buffer.AsSpan(0, count));
        }
    }

    private static T Measured<T>(Func<T> measure) where T : struct
    {
        try { return measure(); }
        // the platform forgets with the process
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException) { return default; }
    }
}
