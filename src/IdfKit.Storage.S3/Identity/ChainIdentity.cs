using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace IdfKit.Storage.S3.Identity;

/// <summary>
/// The SDK's own chain: environment, web identity, profile, container, instance. Unlike there, a profile that names
/// credentials and does not work is an error, and never a reason to go on as somebody else.
/// </summary>
internal sealed class ChainIdentity : CallerIdentity
{
    private readonly SharedCall<ImmutableCredentials> _first;
    private readonly string? _profile;
    private volatile CredentialSource? _source;

    public ChainIdentity(string? profile, TimeSpan longest)
    {
        _profile = profile;
        _first = new(FindAsync, longest);
    }

    public override string Describe() => (_source ?? CredentialSource.Find(_profile)).Describe();

    public override async ValueTask<ImmutableCredentials> GetAsync(CancellationToken cancellationToken)
    {
        // What was found once is asked again by every request: the SDK holds and renews it, and sees files and variables change.
        var answer = _source is { } found ? AskAsync(found, cancellationToken) : _first.Join();
        return await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Reject()
    {
        if (_source is { Answered: RefreshingAWSCredentials renewable }) renewable.ClearCredentials();
    }

    private async Task<ImmutableCredentials> FindAsync(CancellationToken cancellationToken)
    {
        var source = CredentialSource.Find(_profile);
        var credentials = await AskAsync(source, cancellationToken).ConfigureAwait(false);
        _source = source;
        return credentials;
    }

    private static async Task<ImmutableCredentials> AskAsync(CredentialSource source, CancellationToken cancellationToken)
    {
        try
        {
            source.Answered = await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(source.Config).ConfigureAwait(false);
            return await source.Answered.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw IdentityErrors.Of(error, source);
        }
    }
}
