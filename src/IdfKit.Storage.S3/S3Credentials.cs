namespace IdfKit.Storage.S3;

/// <summary>
/// Explicit credentials. Without them the SDK's own chain is asked: environment, web identity, shared file, container
/// or instance role.
/// </summary>
public sealed class S3Credentials
{
    /// <param name="accessKeyId">The key's name.</param>
    /// <param name="secretAccessKey">The key.</param>
    /// <param name="sessionToken">The third part of temporary credentials.</param>
    public S3Credentials(string accessKeyId, string secretAccessKey, string? sessionToken = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessKeyId);
        ArgumentException.ThrowIfNullOrEmpty(secretAccessKey);
        (AccessKeyId, SecretAccessKey, SessionToken) = (accessKeyId, secretAccessKey, sessionToken);
    }

    internal string AccessKeyId { get; }

    internal string SecretAccessKey { get; }

    internal string? SessionToken { get; }

    /// <summary>Never the credentials themselves.</summary>
    public override string ToString() => "explicit credentials";
}
