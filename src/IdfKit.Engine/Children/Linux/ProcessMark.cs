namespace IdfKit.Engine.Children.Linux;

/// <summary>
/// A mark that a child and all that it starts keep, whatever they do: their bound on message queues, which EnergyPlus does
/// not use, is lower than this process's own. It can be lowered further; only root could raise it.
/// </summary>
internal static unsafe class ProcessMark
{
    private const int MessageQueueBytes = 12; // RLIMIT_MSGQUEUE

    private static readonly ulong Own = Of(Environment.ProcessId) ?? 0;

    /// <summary>Where this process has no queues to give away, nobody is marked, and what leaves its session is not found.</summary>
    public static void Put(int process)
    {
        if (Own == 0) return;
        var currentAndMost = stackalloc ulong[] { Own - 1, Own - 1 };
        _ = Libc.SetLimit(process, MessageQueueBytes, currentAndMost, null);
    }

    public static bool IsOn(int process) => Of(process) < Own;

    private static ulong? Of(int process)
    {
        var currentAndMost = stackalloc ulong[2];
        return Libc.SetLimit(process, MessageQueueBytes, null, currentAndMost) == 0 ? currentAndMost[1] : null;
    }
}
