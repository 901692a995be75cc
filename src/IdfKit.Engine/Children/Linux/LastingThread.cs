using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace IdfKit.Engine.Children.Linux;

/// <summary>
/// One thread that lives as long as this process. What it starts has it for a parent, and so has what is forked from that; both
/// get their parent-death signal when this process ends, and not before.
/// </summary>
internal static class LastingThread
{
    private const int StackBytes = 256 * 1024;

    private static readonly BlockingCollection<Action> Work = [];
    private static readonly Lazy<Thread> Worker = new(Start);

    /// <summary>Does this on that thread, and waits for it.</summary>
    public static T Run<T>(Func<T> work)
    {
        _ = Worker.Value;
        using var done = new ManualResetEventSlim();
        var result = default(T)!;
        ExceptionDispatchInfo? failure = null;
        Work.Add(() =>
        {
            try { result = work(); }
            catch (Exception e) { failure = ExceptionDispatchInfo.Capture(e); } // the caller's to handle
            done.Set();
        });
        done.Wait();
        failure?.Throw();
        return result;
    }

    private static Thread Start()
    {
        var thread = new Thread(Live, StackBytes) { IsBackground = true, Name = "EnergyPlus hosts" };
        thread.Start();
        return thread;
    }

    private static void Live()
    {
        foreach (var work in Work.GetConsumingEnumerable()) work();
    }
}
