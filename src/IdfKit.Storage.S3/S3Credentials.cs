using Amazon.Runtime;

namespace IdfKit.Storage.S3;

/// <summary>
/// Credentials, given as <see cref="S3FileSystemOptions.Credentials"/> or by
/// <see cref="S3FileSystemOptions.CredentialProvider"/>.
/// </summary>
public sealed class S3Credentials
{
    /// <param name="accessKeyId">The key's name.</param>
    /// <param name="secretAccessKey">The key.</param>
    /// <param name="sessionToken">The third part of temporary credentials.</param>
    /// <exception cref="ArgumentException">One is empty, or is not visible ASCII: a line end that came along from a file, say.</exception>
    public S3Credentials(string accessKeyId, string secretAccessKey, string? sessionToken = null)
    {
        Required.Text(accessKeyId, "the name of the access key");
        Required.Text(secretAccessKey, "the secret access key");
        foreach (var part in (ReadOnlySpan<string>)[accessKeyId, secretAccessKey, sessionToken ?? ""])
            if (part.AsSpan().ContainsAnyExceptInRange('!', '~'))
                throw new ArgumentException("Credentials are visible ASCII without blanks and line ends; what was given is not.");
        (AccessKeyId, SecretAccessKey, SessionToken) = (accessKeyId, secretAccessKey, sessionToken);
    }

    /// <summary>When they end.</summary>
    /// <value>Null: never. Only a <see cref="S3FileSystemOptions.CredentialProvider"/> can renew them.</value>
    public DateTimeOffset? ExpiresAt { get; init; }

    internal string AccessKeyId { get; }

    internal string SecretAccessKey { get; }

    internal string? SessionToken { get; }

    /// <summary>Never the credentials themselves.</summary>
    public override string ToString() => "explicit credentials";

    internal ImmutableCredentials ToSdk() => new(AccessKeyId, SecretAccessKey, SessionToken);
}
