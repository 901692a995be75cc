using Amazon.Runtime;

namespace IdfKit.Storage.S3.Identity;

/// <summary>
/// Credentials of <see cref="S3FileSystemOptions.CredentialProvider"/>: asked for once for all who wait, anew ahead of their end,
/// and kept until then when that fails.
/// </summary>
internal sealed class ProvidedIdentity : CallerIdentity
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5), BetweenFailures = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock;
    private readonly string _name;
    private readonly SharedCall<Lease> _renewal;
    private volatile Lease? _lease;

    /// <param name="provider">Who is asked.</param>
    /// <param name="longest">How long it is waited for.</param>
    /// <param name="clock">When credentials end.</param>
    /// <param name="name">What stands in sentences.</param>
    public ProvidedIdentity(
        Func<CancellationToken, Task<S3Credentials>> provider, TimeSpan longest, TimeProvider clock,
        string name = "the credential provider")
    {
        (_clock, _name) = (clock, name);
        _renewal = new(token => RenewAsync(provider, token), longest);
    }

    public override string Describe() => _name;

    public override async ValueTask<ImmutableCredentials> GetAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (_lease is not { } lease || lease.EndedAt(now))
            return (await _renewal.Join().WaitAsync(cancellationToken).ConfigureAwait(false)).Credentials;
        if (now >= lease.RenewAt) StartRenewal(lease, now);
        return lease.Credentials;
    }

    public override void Reject() => _lease = null;

    public override void Dispose()
    {
        _renewal.Dispose();
        base.Dispose();
    }

    // Nobody waits for this one: a later call finds its answer, and a failure leaves the lease that is there.
    private void StartRenewal(Lease lease, DateTimeOffset now)
    {
        lease.RenewAt = now + BetweenFailures;
        _ = _renewal.Join().ContinueWith(
            static renewal => renewal.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private async Task<Lease> RenewAsync(Func<CancellationToken, Task<S3Credentials>> provider, CancellationToken cancellationToken)
    {
        S3Credentials? given;
        try
        {
            given = await provider(cancellationToken).ConfigureAwait(false);
        }
        catch (IdentityException)
        {
            throw;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw IdentitySentences.ProviderFailed(error);
        }
        var now = _clock.GetUtcNow();
        if (given is null) throw IdentitySentences.ProviderGaveNothing(_name);
        if (given.ExpiresAt <= now) throw IdentitySentences.ProviderGaveExpired(_name, given.ExpiresAt.Value);
        return _lease = new Lease(given, now);
    }

    private sealed class Lease(S3Credentials given, DateTimeOffset since)
    {
        private long _renewAt = given.ExpiresAt is { } end ? Earlier(since, end).UtcTicks : DateTimeOffset.MaxValue.UtcTicks;

        public ImmutableCredentials Credentials { get; } = given.ToSdk();

        // Written by one request and read by others.
        public DateTimeOffset RenewAt
        {
            get => new(Volatile.Read(ref _renewAt), TimeSpan.Zero);
            set => Volatile.Write(ref _renewAt, value.UtcTicks);
        }

        public bool EndedAt(DateTimeOffset now) => now >= given.ExpiresAt;

        // Short-lived ones would else be renewed from their first moment on.
        private static DateTimeOffset Earlier(DateTimeOffset since, DateTimeOffset end)
        {
            var quarter = (end - since) / 4;
            return end - (quarter < Ahead ? quarter : Ahead);
        }
    }
}
