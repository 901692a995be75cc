using System.Diagnostics;

namespace IdfKit.Engine.Children.Linux;

/// <summary>
/// Looks now and then how many processes a child has brought forth and what they hold together: no bound of the kernel is on
/// that, but those of control groups, which a function may not make. What has left both its session and its parents is nobody's
/// any more, and is killed at sight.
/// </summary>
internal sealed class TreeWatch(int leader, TreeBounds bounds)
{
    public const int SampleMilliseconds = 200;

    private long _sampledAt;

    /// <summary>The bound that is exceeded now; null when none is, or when the last look was a moment ago.</summary>
    public ExceededBound? Look()
    {
        if (_sampledAt != 0 && Stopwatch.GetElapsedTime(_sampledAt).TotalMilliseconds < SampleMilliseconds / 2) return null;
        _sampledAt = Stopwatch.GetTimestamp();
        _ = Strays.Kill();
        var living = Living();
        if (living.Count > bounds.Processes) return new(BoundKind.Processes, bounds.Processes);
        // One alone is held by the kernel itself.
        if (bounds.MemoryBytes is not { } most || living.Count < 2 || living.Sum(ProcessTable.ResidentBytes) <= most) return null;
        return living.Sum(id => ProcessTable.ProportionalBytes(id) ?? ProcessTable.ResidentBytes(id)) > most
            ? new(BoundKind.Memory, most)
            : null;
    }

    private HashSet<int> Living()
    {
        var adopted = ProcessTable.Adopted().Where(id => id != leader && Libc.SessionOf(id) == leader);
        return [.. ProcessTable.TreeOf(leader), .. adopted.SelectMany(ProcessTable.TreeOf)];
    }
}
