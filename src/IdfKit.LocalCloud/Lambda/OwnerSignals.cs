using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>Ends the function processes when this process is told to end and nobody has taken the signal over
/// (<see cref="PosixSignalContext.Cancel"/>). .NET raises no exit event for signals any more (since 10.0).</summary>
internal static class OwnerSignals
{
    private static readonly ConcurrentDictionary<FunctionProcess, bool> Processes = new();
    private static readonly PosixSignalRegistration[] Registrations = Listen();

    public static void Register(FunctionProcess process)
    {
        GC.KeepAlive(Registrations);
        Processes[process] = true;
    }

    public static void Unregister(FunctionProcess process) => Processes.TryRemove(process, out _);

    private static PosixSignalRegistration[] Listen()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillAll();
        return
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
        ];
    }

    private static void OnSignal(PosixSignalContext context)
    {
        if (!context.Cancel) KillAll();
    }

    private static void KillAll()
    {
        foreach (var process in Processes.Keys) process.Abandon();
    }
}
