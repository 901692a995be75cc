using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>Ends the function processes when this process is told to end and nobody has taken the signal over
/// (<see cref="PosixSignalContext.Cancel"/>). .NET raises no exit event for signals any more (since 10.0).</summary>
internal static class OwnerSignals
{
    private static readonly ConcurrentDictionary<FunctionProcess, bool> EndBySignal = new();
    private static readonly PosixSignalRegistration[] Registrations = Listen();

    /// <param name="process">The process.</param>
    /// <param name="endsBySignal">
    /// False where the owner takes signals over: which of two handlers sees a signal first nobody knows.
    /// </param>
    public static void Register(FunctionProcess process, bool endsBySignal)
    {
        GC.KeepAlive(Registrations);
        EndBySignal[process] = endsBySignal;
    }

    public static void Unregister(FunctionProcess process) => EndBySignal.TryRemove(process, out _);

    private static PosixSignalRegistration[] Listen()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill(EndBySignal.Keys);
        return
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
        ];
    }

    private static void OnSignal(PosixSignalContext context)
    {
        if (!context.Cancel) Kill(EndBySignal.Where(process => process.Value).Select(process => process.Key));
    }

    private static void Kill(IEnumerable<FunctionProcess> processes)
    {
        foreach (var process in processes) process.Abandon();
    }
}
