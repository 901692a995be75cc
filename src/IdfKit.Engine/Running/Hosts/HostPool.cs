namespace IdfKit.Engine.Running.Hosts;

/// <summary>The hosts that wait for a run, at most as many as the options say.</summary>
internal sealed class HostPool(EngineStarter starter, int capacity)
{
    private readonly List<Task<WarmHost>> _waiting = [];
    private readonly Lock _gate = new();
    private bool _isClosed;

    /// <summary>Why there are no hosts; once there is a reason, none is started any more.</summary>
    public string? UnavailableReason { get; private set; } = capacity == 0 ? null : starter.WhyNoHost();

    /// <summary>Starts hosts until there are as many as there may be. Returns at once.</summary>
    public void Fill()
    {
        lock (_gate)
        {
            if (_isClosed || UnavailableReason is not null) return;
            _waiting.RemoveAll(host => host.IsFaulted || (host.IsCompletedSuccessfully && !IsUsable(host)));
            while (_waiting.Count < capacity) _waiting.Add(WarmHost.StartAsync(starter));
        }
    }

    /// <summary>The host that has waited longest, which is the caller's from now on; null when none waits.</summary>
    public async Task<WarmHost?> TakeAsync()
    {
        while (TakeFirst() is { } first)
        {
            try
            {
                var host = await first.ConfigureAwait(false);
                if (host.Refusal is { } refusal) Close(refusal);
                else if (host.IsUsable) return host;
            }
            catch (EnergyPlusException e) { Close(e.Message); } // idfkit-engine itself does not start; the program may
        }
        return null;
    }

    /// <summary>No more hosts, because of this.</summary>
    public void Close(string reason)
    {
        lock (_gate) UnavailableReason ??= reason;
    }

    /// <summary>Ends all that wait, and waits for them.</summary>
    public async Task CloseAsync()
    {
        Task<WarmHost>[] waiting;
        lock (_gate)
        {
            _isClosed = true;
            waiting = [.. _waiting];
            _waiting.Clear();
        }
        foreach (var starting in waiting)
        {
            try
            {
                var host = await starting.ConfigureAwait(false);
                host.Child.Stop();
                await host.Child.Completion.ConfigureAwait(false);
            }
            catch (EnergyPlusException) { continue; } // it never started
        }
    }

    private Task<WarmHost>? TakeFirst()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0) return null;
            var first = _waiting[0];
            _waiting.RemoveAt(0);
            return first;
        }
    }

#pragma warning disable RS0030 // asked of completed tasks only: nothing waits
    private static bool IsUsable(Task<WarmHost> started) => started.Result.IsUsable;
#pragma warning restore RS0030
}
