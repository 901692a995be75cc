namespace IdfKit.Engine.Children.Linux;

/// <summary>
/// All processes that a child has brought forth: those in its session, and its descendants that have left the session, as long
/// as their line of parents was seen. One that leaves the session and is orphaned before it is seen escapes.
/// </summary>
internal sealed class ChildSession(int leader)
{
    private readonly Dictionary<int, ProcessEntry> _others = [];

    /// <summary>Asks everything in the child's process group to end.</summary>
    public void Terminate()
    {
        Find();
        _ = Libc.Signal(-leader, Libc.Terminate);
        foreach (var id in _others.Keys) _ = Libc.Signal(id, Libc.Terminate);
    }

    /// <summary>Kills everything, the leader too.</summary>
    public void Kill()
    {
        Find();
        _ = Libc.Signal(-leader, Libc.Kill);
        foreach (var id in _others.Keys) _ = Libc.Signal(id, Libc.Kill);
    }

    /// <summary>Kills everything but the leader, which must be a zombie still, so that its number cannot mean another process.</summary>
    /// <returns>Whether nothing is left alive.</returns>
    public bool KillRest()
    {
        Find();
        if (_others.Count == 0) return true;
        _ = Libc.Signal(-leader, Libc.Kill);
        foreach (var id in _others.Keys) _ = Libc.Signal(id, Libc.Kill);
        return false;
    }

    private void Find()
    {
        var table = ProcessTable.Read();
        var byId = table.ToDictionary(entry => entry.Id);
        foreach (var (id, seen) in _others.ToArray())
        {
            if (byId.TryGetValue(id, out var now) && now.StartTime == seen.StartTime && !now.IsZombie) continue;
            _others.Remove(id);
            if (byId.TryGetValue(id, out now) && now.StartTime == seen.StartTime && now.Parent == Environment.ProcessId)
                _ = Libc.Wait(id, out _, Libc.NoHang, out _); // where this process is the container's first, orphans become its children
        }
        foreach (var entry in table)
            if (entry.Id != leader && !entry.IsZombie && (entry.Session == leader || Descends(entry, byId))) _others[entry.Id] = entry;
    }

    private bool Descends(ProcessEntry entry, Dictionary<int, ProcessEntry> byId)
    {
        for (var depth = 0; depth < byId.Count && entry.Parent > 1; depth++)
        {
            if (entry.Parent == leader || _others.ContainsKey(entry.Parent)) return true;
            if (!byId.TryGetValue(entry.Parent, out entry)) return false;
        }
        return false;
    }
}
