namespace IdfKit.Engine.Children.Linux;

/// <summary>
/// All processes that a child has brought forth: those in its session, its descendants that have left the session, and what
/// has left both the session and its parents, which has become this process's child (<see cref="Leaders"/>).
/// </summary>
internal sealed class ChildSession(int leader)
{
    private readonly Dictionary<int, ProcessEntry> _others = [];
    private bool _foundLast;

    /// <summary>Asks everything in the child's process group to end.</summary>
    public void Terminate()
    {
        Find();
        Signal(Libc.Terminate);
    }

    /// <summary>Kills everything, the leader too.</summary>
    public void Kill()
    {
        Find();
        Signal(Libc.Kill);
    }

    /// <summary>Kills everything but the leader, which must be a zombie still, so that its number cannot mean another process.</summary>
    /// <returns>Whether nothing is left alive: where something was found, the look after it must find nothing.</returns>
    public bool KillRest()
    {
        var found = Strays.Kill();
        Find();
        if (_others.Count > 0)
        {
            found = true;
            Signal(Libc.Kill);
        }
        var isAlone = !found && !_foundLast;
        _foundLast = found;
        return isAlone;
    }

    private void Signal(int signal)
    {
        _ = Libc.Signal(-leader, signal);
        foreach (var id in _others.Keys) _ = Libc.Signal(id, signal);
    }

    private void Find()
    {
        var table = ProcessTable.Read();
        var byId = table.ToDictionary(entry => entry.Id);
        foreach (var (id, seen) in _others.ToArray())
            if (!byId.TryGetValue(id, out var now) || now.StartTime != seen.StartTime || now.IsZombie) _others.Remove(id);
        foreach (var entry in table.Where(IsOrphan))
        {
            if (entry.IsZombie) Strays.Reap(entry.Id);
            else _others[entry.Id] = entry;
        }
        foreach (var entry in table)
            if (entry.Id != leader && !entry.IsZombie && (entry.Session == leader || Descends(entry, byId))) _others[entry.Id] = entry;
    }

    private bool IsOrphan(ProcessEntry entry) => entry.Parent == Environment.ProcessId && entry.Id != leader
        && (entry.Session == leader || Leaders.IsStray(entry.Id));

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
