namespace IdfKit.Drops;

/// <summary><c>s3://bucket/key</c>, as a person writes it: the key is not encoded.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The key.</param>
public readonly record struct S3Url(string Bucket, ObjectKey Key)
{
    private const string Scheme = "s3://";

    /// <summary>False when <paramref name="text"/> is not of this form or names no key.</summary>
    public static bool TryParse(string text, out S3Url url)
    {
        url = default;
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var rest = text[Scheme.Length..];
        var slash = rest.IndexOf('/');
        if (slash <= 0 || slash == rest.Length - 1 || !IsBucket(rest[..slash])) return false;
        url = new(rest[..slash], ObjectKey.FromText(rest[(slash + 1)..]));
        return true;
    }

    /// <summary><c>s3://bucket/key</c> of a key as text; empty, it is the bucket's own.</summary>
    public static string Of(string bucket, string key) => $"{Scheme}{bucket}/{key}";

    /// <inheritdoc/>
    public override string ToString() => Of(Bucket, Key.Value);

    // Wider than Amazon's rule, which has changed, and other servers have their own. It keeps out what is no name at all, an ARN included.
    private static bool IsBucket(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && name.Length <= 255;
}
