using System.Runtime.InteropServices;

namespace IdfKit.Engine.Children.Linux;

/// <summary>
/// Starts a process by posix_spawn: in a session of its own, in its directory, with default signals, with standard input
/// from nothing or a pipe, both outputs on one pipe, and no other descriptor.
/// </summary>
internal static unsafe class SpawnedProcess
{
    private const short DefaultSignals = 0x04, BlockedSignals = 0x08, NewSession = 0x80; // POSIX_SPAWN_*
    private const int SignalSetBytes = 128;
    private const int OpaqueBytes = 1024; // glibc's types take 336 and 80

    // Descriptors to be handed over lie above the ones that they become, so that dup2 cannot overwrite one that is still needed.
    private const int AboveStandard = 10;

    /// <summary>Our ends: what the child prints, and what it reads or is asked by (negative when it reads nothing).</summary>
    public readonly record struct Started(int ProcessId, int Output, int Input);

    public static Started Start(ChildStart start)
    {
        var output = NewPipe();
        var input = start.ForksOthers ? ForkSocket.New() : start.HasInput ? NewPipe() : (Read: -1, Write: -1);
        try
        {
            var id = start.Origin is { } origin ? origin.Fork(input.Read, output.Write) : Spawn(start, output.Write, input.Read);
            (var ours, output.Read) = (output.Read, -1);
            (var ourInput, input.Write) = (input.Write, -1);
            return new(id, ours, ourInput);
        }
        finally
        {
            foreach (var descriptor in (ReadOnlySpan<int>)[output.Read, output.Write, input.Read, input.Write])
                if (descriptor >= 0) _ = Libc.Close(descriptor);
        }
    }

    private static int Spawn(ChildStart start, int output, int input)
    {
        using var memory = new NativeTexts();
        var actions = stackalloc byte[OpaqueBytes];
        var attributes = stackalloc byte[OpaqueBytes];
        Check(Libc.InitializeActions(actions), start);
        Check(Libc.InitializeAttributes(attributes), start);
        try
        {
            Check(input < 0 ? Libc.AddOpen(actions, 0, memory.Text("/dev/null"), 0, 0) : Libc.AddDuplicate(actions, input, 0), start);
            Check(Libc.AddDuplicate(actions, output, 1), start);
            Check(Libc.AddDuplicate(actions, output, 2), start);
            Check(Libc.AddDirectory(actions, memory.Text(start.WorkingDirectory)), start);
            CloseTheRest(actions, start);

            var signals = stackalloc byte[SignalSetBytes];
            new Span<byte>(signals, SignalSetBytes).Clear();
            Check(Libc.SetBlockedSignals(attributes, signals), start);
            new Span<byte>(signals, SignalSetBytes).Fill(0xFF);
            Check(Libc.SetDefaultSignals(attributes, signals), start);
            Check(Libc.SetFlags(attributes, DefaultSignals | BlockedSignals | NewSession), start);

            var arguments = memory.Vector([start.Program, .. start.Arguments]);
            var environment = memory.Vector([.. start.Environment.Select(variable => variable.Key + "=" + variable.Value)]);
            Check(Libc.Spawn(out var id, memory.Text(start.Program), actions, attributes, arguments, environment), start);
            return id;
        }
        finally
        {
            _ = Libc.DestroyActions(actions);
            _ = Libc.DestroyAttributes(attributes);
        }
    }

    /// <summary>.NET's own descriptors close by themselves on exec; others, of native libraries in this process, may not.</summary>
    private static void CloseTheRest(byte* actions, ChildStart start)
    {
        try { Check(Libc.AddCloseFrom(actions, 3), start); }
        catch (EntryPointNotFoundException) { return; } // glibc before 2.34, which EnergyPlus does not run on either
    }

    private static (int Read, int Write) NewPipe()
    {
        var ends = stackalloc int[2];
        if (Libc.Pipe(ends, Libc.CloseOnExec) != 0) throw CannotStart("Opening a pipe for EnergyPlus failed: " + Libc.LastError());
        return (Raised(ends[0]), Raised(ends[1]));
    }

    /// <summary>The same above the standard descriptors.</summary>
    public static int Raised(int descriptor)
    {
        if (descriptor >= AboveStandard) return descriptor;
        var raised = Libc.Control(descriptor, Libc.DuplicateAtLeast, AboveStandard);
        if (raised < 0) throw CannotStart("Opening a pipe for EnergyPlus failed: " + Libc.LastError());
        _ = Libc.Close(descriptor);
        return raised;
    }

    private static void Check(int error, ChildStart start)
    {
        const int NoMemory = 12, TryAgain = 11, NoDescriptors = 24, NoDescriptorsAtAll = 23; // ENOMEM, EAGAIN, EMFILE, ENFILE
        if (error == 0) return;
        var why = Marshal.GetPInvokeErrorMessage(error);
        throw error is NoMemory or TryAgain or NoDescriptors or NoDescriptorsAtAll
            ? CannotStart($"Starting {start.Program} failed: {why}. Free memory or end other processes, then try again.")
            : new(EnergyPlusErrorKind.Broken,
                $"Starting {start.Program} in {start.WorkingDirectory} failed: {why}. {Advice(error, start)}");
    }

    private static string Advice(int error, ChildStart start) =>
        (Directory.Exists(start.WorkingDirectory) ? StartFault.Advice(start.Program, error) : null)
        ?? "Check that both exist and that it is a program for this machine and may be executed.";

    private static EnergyPlusException CannotStart(string message) => new(EnergyPlusErrorKind.CannotStart, message);
}
