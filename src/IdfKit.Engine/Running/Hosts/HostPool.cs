namespace IdfKit.Engine.Running.Hosts;

/// <summary>The hosts that wait for a run, at most as many as the options say.</summary>
internal sealed class HostPool(EngineStarter starter, int capacity)
{
    private readonly List<Task<WarmHost>> _waiting = [];
    private readonly List<Task> _leaving = [];
    private readonly Lock _gate = new();
    private bool _isClosed;
    private bool _isResting;

    /// <summary>Why there are no hosts; once there is a reason, none is started any more.</summary>
    public string? UnavailableReason { get; private set; } = capacity == 0 ? null : starter.WhyNoHost();

    /// <summary>Starts hosts until there are as many as there may be, and after each run again. Returns at once.</summary>
    public void Fill()
    {
        lock (_gate) _isResting = false;
        Refill();
    }

    /// <summary>Ends all that wait, and starts none until it is filled again. Returns at once.</summary>
    public void Rest()
    {
        lock (_gate)
        {
            _isResting = true;
            _leaving.RemoveAll(leaving => leaving.IsCompleted);
            _leaving.AddRange(_waiting.Select(EndAsync));
            _waiting.Clear();
        }
    }

    /// <summary>After a run: as many as there may be, unless it rests.</summary>
    public void Refill()
    {
        lock (_gate)
        {
            if (_isClosed || _isResting || UnavailableReason is not null) return;
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
        Rest();
        Task[] leaving;
        lock (_gate)
        {
            _isClosed = true;
            leaving = [.. _leaving];
        }
        foreach (var ending in leaving) await ending.ConfigureAwait(false);
    }

    private static async Task EndAsync(Task<WarmHost> starting)
    {
        try
        {
            var host = await starting.ConfigureAwait(false);
            host.Child.Stop();
            await host.Child.Completion.ConfigureAwait(false);
        }
        catch (EnergyPlusException) { return; } // it never started
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
