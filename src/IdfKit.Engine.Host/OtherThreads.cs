using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>
/// Puts the other threads of this process into a Landlock domain, which a thread can only enter by itself before Linux
/// 7.0: each is sent a signal whose handler enters it, as the C library changes the user of all threads (nptl(7)).
/// </summary>
internal static unsafe class OtherThreads
{
    private const int Signal = 12; // SIGUSR2
    private const int Waiting = 1; // the kernel answers with 0 or less

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    /// <exception cref="BoundsException">A thread has not entered.</exception>
    public static void Enter(int ruleset)
    {
        var result = (int*)NativeMemory.Alloc(sizeof(int));
        var handler = new EnteringHandler(ruleset, result);
        var action = new Libc.SignalAction { Handler = handler.Address, Flags = 0x1000_0000 }; // SA_RESTART
        if (Libc.SetSignalAction(Signal, &action, null) != 0) throw BoundsException.OfCall("handling the signal for threads");
        HashSet<int> entered = [(int)Libc.SystemCall((nint)SystemCalls.NumberOf("gettid"), 0, 0, 0)];
        bool wereNew;
        do
        {
            wereNew = false;
            foreach (var thread in All().Where(entered.Add))
            {
                Enter(thread, result);
                wereNew = true; // it may have started another before it entered
            }
        }
        while (wereNew);
        _ = Libc.Signal(Signal, 0);
    }

    private static void Enter(int thread, int* result)
    {
        const int NoSuchThread = 3; // ESRCH
        Volatile.Write(ref *result, Waiting);
        if (Libc.SystemCall((nint)SystemCalls.NumberOf("tgkill"), Libc.ProcessId(), thread, Signal) != 0)
        {
            if (Marshal.GetLastPInvokeError() == NoSuchThread) return;
            throw BoundsException.OfCall("signalling a thread");
        }
        var began = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref *result) == Waiting)
        {
            if (!Directory.Exists($"/proc/self/task/{thread.ToString(CultureInfo.InvariantCulture)}")) return;
            if (Stopwatch.GetElapsedTime(began) > Longest) throw new BoundsException("a thread does not enter its confinement.");
            Thread.Yield();
        }
        if (Volatile.Read(ref *result) != 0)
            throw new BoundsException($"confining a thread failed: {Marshal.GetPInvokeErrorMessage(-*result)}.");
    }

    private static IEnumerable<int> All() =>
        Directory.EnumerateDirectories("/proc/self/task").Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture));
}
