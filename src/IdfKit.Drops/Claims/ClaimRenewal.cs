using IdfKit.Storage;

namespace IdfKit.Drops.Claims;

/// <summary>Renews a claim three times in each lease, for as long as it lives: for a run that nobody kills at a deadline.</summary>
internal sealed class ClaimRenewal : IAsyncDisposable
{
    private readonly RunClaim _claim;
    private readonly TimeSpan _lease;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewing;

    public ClaimRenewal(RunClaim claim, TimeSpan lease, TimeProvider time)
    {
        (_claim, _lease, _time) = (claim, lease, time);
        _renewing = RenewAsync();
    }

    /// <summary>
    /// Canceled when the claim has gone to another run, or could not be renewed in time: the work under it must
    /// stop writing.
    /// </summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Why it could not be renewed in time; null when another run has taken over.</summary>
    public StorageException? Failure { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(_lease / 3, _time);
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                if (await TryRenewAsync().ConfigureAwait(false)) continue;
                await _lost.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested) { return; } // the run has ended
    }

    private async Task<bool> TryRenewAsync()
    {
        var tried = _time.GetUtcNow();
        try { return await _claim.TryRenewAsync(tried + _lease, _stop.Token).ConfigureAwait(false); }
        catch (StorageException e)
        {
            // As long as another try comes before the lease ends, it may still succeed.
            if (_claim.Record.ExpiresAt is not { } expires || tried + _lease / 3 < expires) return true;
            Failure = e;
            return false;
        }
    }
}
