using Amazon.Runtime;

namespace IdfKit.Storage.S3.Identity;

/// <summary>
/// What the SDK signs with: the credentials that were had last. They are fetched before a request, where that can be cancelled.
/// </summary>
internal sealed class SigningCredentials : AWSCredentials
{
    private volatile ImmutableCredentials? _current;

    public ImmutableCredentials Current
    {
        set => _current = value;
    }

    public override ImmutableCredentials GetCredentials() =>
        _current ?? throw new InvalidOperationException("A request was sent before its credentials were fetched.");
}
