namespace IdfKit.LocalCloud;

/// <summary>Where put events go, with S3's filter rules.</summary>
public sealed record BucketNotification
{
    /// <summary>Gets the event document as S3 writes it, one record in each. Must not block; called from several threads.</summary>
    public required Action<string> Target { get; init; }

    /// <summary>Only keys that start so; empty for all.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Only keys that end in one of these, compared case by case as S3 does; empty for all.</summary>
    public IReadOnlyList<string> Suffixes { get; init; } = [];

    internal bool Covers(string key) => key.StartsWith(Prefix, StringComparison.Ordinal)
        && (Suffixes.Count == 0 || Suffixes.Any(suffix => key.EndsWith(suffix, StringComparison.Ordinal)));
}
