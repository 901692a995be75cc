namespace IdfKit.Engine.Children.Linux;

/// <summary>
/// The children that this process has started and not reaped, each the leader of a session. While there are any, processes
/// that lose their parent become this process's children and not the system's, so that they can be found and ended.
/// </summary>
internal static class Leaders
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Living = [];
    private static bool _adopts;

    public static SpawnedProcess.Started Start(ChildStart start)
    {
        lock (Gate)
        {
            if (!_adopts) _adopts = Libc.TryAdoptOrphans();
            try
            {
                var started = SpawnedProcess.Start(start);
                Living.Add(started.ProcessId);
                // After it was added: what bears the mark and is no leader is an orphan.
                ProcessMark.Put(started.ProcessId);
                return started;
            }
            finally { AdoptNoMoreIfNoneLives(); }
        }
    }

    /// <summary>Reaps a leader, whose number may then be another process's.</summary>
    public static ChildExit Leave(int leader, Func<ChildExit> reap)
    {
        lock (Gate)
        {
            var exit = reap();
            Living.Remove(leader);
            AdoptNoMoreIfNoneLives();
            return exit;
        }
    }

    /// <summary>
    /// Whether a child of this process is what a run has left: marked, and neither a leader nor in the session of one.
    /// Children that others in this process have started never are.
    /// </summary>
    public static bool IsStray(int child)
    {
        if (!ProcessMark.IsOn(child)) return false;
        var session = Libc.SessionOf(child);
        lock (Gate) return !Living.Contains(child) && !Living.Contains(session);
    }

    private static void AdoptNoMoreIfNoneLives()
    {
        if (!_adopts || Living.Count > 0) return;
        Libc.AdoptNoMore();
        _adopts = false;
    }
}
