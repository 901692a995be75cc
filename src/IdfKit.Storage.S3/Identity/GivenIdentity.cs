using Amazon.Runtime;

namespace IdfKit.Storage.S3.Identity;

/// <summary>The credentials of <see cref="S3FileSystemOptions.Credentials"/>, which never change.</summary>
internal sealed class GivenIdentity(S3Credentials credentials) : CallerIdentity
{
    private readonly ImmutableCredentials _credentials = credentials.ToSdk();

    public override ValueTask<ImmutableCredentials> GetAsync(CancellationToken cancellationToken) => new(_credentials);
}
