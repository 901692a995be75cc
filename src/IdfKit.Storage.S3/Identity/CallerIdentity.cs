using Amazon.Runtime;

namespace IdfKit.Storage.S3.Identity;

/// <summary>Who signs the requests. Asked before every request, so what it holds answers at once.</summary>
internal abstract class CallerIdentity : IDisposable
{
    /// <exception cref="IdentityException">There are no credentials, in one sentence.</exception>
    /// <exception cref="OperationCanceledException">Only by <paramref name="cancellationToken"/>.</exception>
    public abstract ValueTask<ImmutableCredentials> GetAsync(CancellationToken cancellationToken);

    /// <summary>The server called the credentials expired: the next request asks for new ones.</summary>
    public virtual void Reject()
    {
    }

    /// <summary>Ends what is still being asked for.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>What stands in a sentence when the credentials do not come in time, e.g. "profile 'work'".</summary>
    public virtual string Describe() => "the credentials";
}
