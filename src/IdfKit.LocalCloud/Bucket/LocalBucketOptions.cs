namespace IdfKit.LocalCloud;

/// <summary>The folder that <see cref="LocalBucketServer"/> serves.</summary>
public sealed record LocalBucketOptions
{
    /// <summary>The folder whose files are the bucket's objects. Created when absent. Its subfolder <c>.idfkit</c> keeps
    /// what a file cannot say (content type, metadata, ETag) and never appears in the bucket.</summary>
    public required string Directory { get; init; }

    /// <summary>The bucket's name, the only one that the server knows.</summary>
    /// <value>3 to 63 lower-case letters, digits, dots and hyphens, as S3 has them.</value>
    public string BucketName
    {
        get;
        init => field = value is { Length: >= 3 and <= 63 }
            && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
            ? value
            : throw new ArgumentException(
                $"'{value}' is no bucket name: 3 to 63 lower-case letters, digits, dots and hyphens.", nameof(value));
    } = "local";

    /// <summary>TCP port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The region in events and in GetBucketLocation.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The only access key id that is let in; signatures themselves are not checked. Null lets everybody in.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>
    /// Secrets of access key ids, with which the signatures of POST policies are checked (browser uploads). A policy that is signed by
    /// any other key is let in as it is.
    /// </summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}
