namespace IdfKit.Engine.Running.Hosts;

/// <summary>
/// The host that has EnergyPlus loaded, from which runs are forked: none or one. Whenever it is filled the process of the next run is
/// forked ahead, and has its memory by the time that it is wanted.
/// </summary>
internal sealed class KeptHost(EngineStarter starter, bool isWanted)
{
    private readonly List<Task> _leaving = [];
    private readonly Lock _gate = new();
    private Task<WarmHost>? _host;
    private Task<WarmHost?>? _next;
    private bool _isClosed;
    private bool _isResting;

    /// <summary>Why there is no host; once there is a reason, none is started any more.</summary>
    public string? UnavailableReason { get; private set; } = isWanted ? starter.WhyNoHost() : null;

    /// <summary>Starts the host, and after a run again where it has ended. Returns at once.</summary>
    /// <param name="ahead">Whether the next run's process is forked, too.</param>
    public void Fill(bool ahead)
    {
        lock (_gate)
        {
            _isResting = false;
            if (_next is not null && IsNone(_next)) _next = null;
            if (Host() is { } host && ahead) _next ??= ForkAheadAsync(host);
        }
    }

    /// <summary>Ends it, and starts none until it is filled again; runs go on. Returns at once.</summary>
    public void Rest()
    {
        lock (_gate)
        {
            _isResting = true;
            _leaving.RemoveAll(leaving => leaving.IsCompleted);
            if (_host is not null) _leaving.Add(EndAsync(_host));
            if (_next is not null) _leaving.Add(EndNextAsync(_next));
            (_host, _next) = (null, null);
        }
    }

    /// <summary>After a run: starts it unless it is there, or rests.</summary>
    public void Refill()
    {
        lock (_gate) _ = Host();
    }

    /// <summary>Waits while it keeps a processor busy by itself: until EnergyPlus is loaded, and the next run's process ready.</summary>
    /// <param name="stop">Ends the wait.</param>
    public async Task SettleAsync(CancellationToken stop)
    {
        Task<WarmHost>? starting;
        Task<WarmHost?>? forking;
        lock (_gate) (starting, forking) = (_host, _next);
        try
        {
            var host = starting is null ? null : await starting.WaitAsync(stop).ConfigureAwait(false);
            if (host is not null) await host.GreetingAsync().WaitAsync(stop).ConfigureAwait(false);
            var next = forking is null ? null : await forking.WaitAsync(stop).ConfigureAwait(false);
            if (next is not null) await next.GreetingAsync().WaitAsync(stop).ConfigureAwait(false);
        }
        // the run that follows says what it is
        catch (Exception e) when (e is EnergyPlusException or OperationCanceledException) { return; }
    }

    /// <summary>A process for one run, the caller's from now on; null when there is no host, or it gives none.</summary>
    /// <param name="shares">Among how many runs the bounds of one are shared.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">Stopped while the host was loading EnergyPlus.</exception>
    public async Task<WarmHost?> TakeAsync(int shares, CancellationToken stop)
    {
        Task<WarmHost>? starting;
        Task<WarmHost?>? next;
        lock (_gate) (starting, next, _next) = (_host, _next, null);
        if (starting is null) return null;
        if (next is not null && await OfWaitingAsync(next, shares, stop).ConfigureAwait(false) is { } ahead) return ahead;
        try
        {
            var host = await starting.ConfigureAwait(false);
            if (await host.GreetingAsync().WaitAsync(stop).ConfigureAwait(false) is null)
                return await WarmHost.StartAsync(output => starter.ForkAsync(host.Child, shares, output)).ConfigureAwait(false);
            if (host.Refusal is { } refusal) Close(refusal);
        }
        // Neither idfkit-engine nor a process of it is started; the program may be. A host that rests meanwhile is no failure.
        catch (EnergyPlusException e) when (IsThere(starting)) { Close(e.Message); }
        catch (EnergyPlusException) { return null; }
        return null;
    }

    /// <summary>No more hosts, because of this.</summary>
    public void Close(string reason)
    {
        lock (_gate) UnavailableReason ??= reason;
        Rest();
    }

    /// <summary>Ends it, and waits for that.</summary>
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

    /// <summary>The one that is there, else a new one; null when there is to be none.</summary>
    private Task<WarmHost>? Host()
    {
        if (!isWanted || _isClosed || _isResting || UnavailableReason is not null) return null;
        return _host is { IsFaulted: false } host && !HasEnded(host) ? host : _host = WarmHost.StartAsync(starter.StartHostAsync);
    }

    private async Task<WarmHost?> ForkAheadAsync(Task<WarmHost> starting)
    {
        try
        {
            var host = await starting.ConfigureAwait(false);
            if (await host.GreetingAsync().ConfigureAwait(false) is not null) return null;
            return await WarmHost.StartAsync(output => starter.ForkAsync(host.Child, shares: 1, output)).ConfigureAwait(false);
        }
        catch (EnergyPlusException)
        {
            lock (_gate)
            {
                if (!ReferenceEquals(_host, starting)) return null;
                _leaving.Add(EndAsync(starting)); // the next run gets the program, and the one after it another host
                _host = null;
            }
            return null;
        }
    }

    /// <returns>The process that waits; null when it has ended, or is ended because a part's bounds are set when it is forked.</returns>
    private async Task<WarmHost?> OfWaitingAsync(Task<WarmHost?> next, int shares, CancellationToken stop)
    {
        try
        {
            if (await next.WaitAsync(stop).ConfigureAwait(false) is { IsUsable: true } ahead && shares == 1) return ahead;
        }
        catch (OperationCanceledException)
        {
            lock (_gate) _leaving.Add(EndNextAsync(next));
            throw;
        }
        await EndNextAsync(next).ConfigureAwait(false);
        return null;
    }

    private static async Task EndNextAsync(Task<WarmHost?> forking)
    {
        if (await forking.ConfigureAwait(false) is not { } next) return;
        next.Child.Stop();
        await next.Child.Completion.ConfigureAwait(false);
    }

    private bool IsThere(Task<WarmHost> host)
    {
        lock (_gate) return ReferenceEquals(_host, host) && !HasEnded(host);
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

#pragma warning disable RS0030 // asked of completed tasks only: nothing waits
    private static bool HasEnded(Task<WarmHost> started) => started.IsCompletedSuccessfully && !started.Result.IsUsable;

    private static bool IsNone(Task<WarmHost?> next) => next.IsCompletedSuccessfully && next.Result is not { IsUsable: true };
#pragma warning restore RS0030
}
