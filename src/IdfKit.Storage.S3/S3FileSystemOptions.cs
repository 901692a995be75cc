using System.Collections.ObjectModel;
using IdfKit.Storage.Rules;

namespace IdfKit.Storage.S3;

/// <summary>How a bucket is reached and how objects are stored; the default is AWS with the SDK's own chain of credentials.</summary>
public sealed record S3FileSystemOptions
{
    private const long Smallest = 5L << 20, Largest = 1L << 30;

    /// <summary>Every path lies below this folder of the bucket, and none leaves it.</summary>
    /// <value>A path, with or without a <c>/</c> at its end. Default: the whole bucket.</value>
    public string Prefix { get; init => field = CheckedPrefix(value); } = "";

    /// <summary>The region of the bucket.</summary>
    /// <value>Null: as the SDK finds it; with an endpoint URL <c>us-east-1</c>.</value>
    public string? Region { get; init => field = CheckedName(value, "region"); }

    /// <summary>
    /// A server that speaks S3: MinIO, LocalStack, Ceph, R2. Sets <see cref="PathStyle"/> and <see cref="Checksums"/>
    /// unless they are set.
    /// </summary>
    /// <value>Without a user, a query or a fragment: credentials have a place of their own.</value>
    public Uri? EndpointUrl
    {
        get;
        init => field = value is null or { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" }
            ? value
            : throw new ArgumentException(
                "The endpoint URL must be absolute, start with http:// or https://, and have no user, query or fragment.");
    }

    /// <summary>Keys that do not change.</summary>
    /// <value>Null: <see cref="CredentialProvider"/>, else <see cref="Profile"/>, else the SDK's own chain: environment, web
    /// identity, the profile that <c>AWS_PROFILE</c> names, container, instance.</value>
    public S3Credentials? Credentials { get; init; }

    /// <summary>
    /// Gives keys that end. Asked before the first request and again five minutes ahead of their end (when they last less than
    /// twenty minutes, a quarter of that time), once for all requests that wait; when it fails, the old ones serve until they end.
    /// </summary>
    public Func<CancellationToken, Task<S3Credentials>>? CredentialProvider { get; init; }

    /// <summary>A profile of the shared config and credentials files; it goes before the environment.</summary>
    /// <value>Null: the SDK's own chain.</value>
    public string? Profile
    {
        get;
        init => field = value is null || !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new ArgumentException("The profile must have a name.");
    }

    /// <summary>Whether the bucket stands in the URL's path instead of the host name.</summary>
    /// <value>Null: true with an endpoint URL, else false.</value>
    public bool? PathStyle { get; init; }

    /// <summary>See <see cref="S3Checksums"/>.</summary>
    public S3Checksums Checksums { get; init; }

    /// <summary>Objects are encrypted with this KMS key.</summary>
    /// <value>Null: as the bucket says.</value>
    public string? KmsKeyId { get; init => field = CheckedName(value, "KMS key"); }

    /// <summary>E.g. <c>STANDARD_IA</c>.</summary>
    /// <value>Null: as the bucket says.</value>
    public string? StorageClass { get; init => field = CheckedName(value, "storage class"); }

    /// <summary>Larger objects travel in parts of this size.</summary>
    /// <value>Default 8 MiB; from 5 MiB, S3's least, to 1 GiB. Grows by itself where 10,000 parts would not do.</value>
    public long PartSizeBytes
    {
        get;
        init => field = value is >= Smallest and <= Largest
            ? value
            : throw new ArgumentOutOfRangeException(null, "The part size must be from 5 MiB to 1 GiB.");
    } = 8L << 20;

    /// <summary>
    /// Parts of one object that travel at a time. Files and downloads are not held in memory; an upload of another
    /// stream holds this many parts.
    /// </summary>
    /// <value>Default 5; from 1 to 64.</value>
    public int Concurrency
    {
        get;
        init => field = value is >= 1 and <= 64
            ? value
            : throw new ArgumentOutOfRangeException(null, "The concurrency must be from 1 to 64.");
    } = 5;

    /// <summary>Longest time that one call may take, its retries included; in a transfer, one part; in a listing, one page. A read
    /// that a third of it leaves without an answer is asked for once more.</summary>
    /// <value>Default 60 s. Must be positive.</value>
    public TimeSpan OperationTimeout
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(null, "The operation timeout must be positive.");
    } = TimeSpan.FromSeconds(60);

    /// <summary>Tags of every object that is written, by the rules of <see cref="WriteOptions.Tags"/>.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = CheckedTags(value); } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// The account that the bucket must belong to; every request says so, and the server refuses it where it is
    /// another's: <see cref="StorageErrorKind.AccessDenied"/>.
    /// </summary>
    /// <value>12 digits. Null: any.</value>
    public string? ExpectedBucketOwner
    {
        get;
        init => field = value is null || (value.Length == 12 && value.All(char.IsAsciiDigit))
            ? value
            : throw new ArgumentException("The expected bucket owner must be an account number of 12 digits.");
    }

    /// <summary>Whether every request says that its sender pays for it, as buckets with requester pays demand.</summary>
    public bool RequesterPays { get; init; }

    /// <summary>The write with the tags of every object; its own win over those of the same name.</summary>
    internal WriteOptions Tagged(WriteOptions? own)
    {
        var write = own ?? new WriteOptions();
        if (Tags.Count == 0) return write;
        var all = new Dictionary<string, string>(Tags, StringComparer.Ordinal);
        foreach (var (key, value) in write.Tags) all[key] = value;
        return write with { Tags = all };
    }

    private static IReadOnlyDictionary<string, string> CheckedTags(IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return TagRules.Fault(tags) is { } fault
            ? throw new ArgumentException(Printable.Of($"The tags of the file system have {fault}."))
            : tags;
    }

    // What goes into a header or a host name as it is.
    private static string? CheckedName(string? name, string what) =>
        name is null || name.Length is > 0 and <= 2048 && !name.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? name
            : throw new ArgumentException($"The {what} must be visible ASCII without blanks, or not given.");

    private static string CheckedPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var trimmed = prefix.EndsWith('/') ? prefix[..^1] : prefix;
        return prefix.Length == 0
            ? ""
            : StoragePath.IsValid(trimmed) ? trimmed + "/"
            : throw new ArgumentException(Printable.Of($"The prefix '{StoragePath.Shown(prefix)}' is no valid path."));
    }
}
