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
    private readonly TimeSpan _longest;
    private readonly TimeProvider _clock;
    private volatile ProvidedIdentity? _process;
    private volatile CredentialSource? _source;

    public ChainIdentity(string? profile, TimeSpan longest, TimeProvider clock)
    {
        (_profile, _longest, _clock) = (profile, longest, clock);
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
        _process?.Reject();
        if (_source is { Answered: RefreshingAWSCredentials renewable }) renewable.ClearCredentials();
    }

    public override void Dispose()
    {
        _first.Dispose();
        _process?.Dispose();
        base.Dispose();
    }

    private async Task<ImmutableCredentials> FindAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var source = CredentialSource.Find(_profile);
        _process?.Dispose(); // that of a search that came to nothing
        _process = source.Command is { } command ? ProcessOf(source, command) : null;
        var credentials = await AskAsync(source, cancellationToken).ConfigureAwait(false);
        _source = source;
        return credentials;
    }

    private ProvidedIdentity ProcessOf(CredentialSource source, string command)
    {
        var name = source.Describe();
        return new ProvidedIdentity(
            new CredentialProcess(command, name).RunAsync, _longest, _clock, $"the credential_process of {name}");
    }

    private async Task<ImmutableCredentials> AskAsync(CredentialSource source, CancellationToken cancellationToken)
    {
        if (_process is { } process) return await process.GetAsync(cancellationToken).ConfigureAwait(false);
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
