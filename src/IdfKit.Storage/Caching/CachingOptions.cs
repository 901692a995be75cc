namespace IdfKit.Storage;

/// <summary>How much a <see cref="CachingFileSystem"/> keeps.</summary>
public sealed record CachingOptions
{
    /// <summary>Most bytes kept on local disk; what was used longest ago goes first. Files under way may exceed it for a
    /// moment, and others by a 64th, since the folder is looked through once for as much.</summary>
    /// <value>Default 1 GiB. Must be positive.</value>
    public long MaxBytes
    {
        get;
        init => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(null, "The cache must be allowed at least one byte.");
    } = 1L << 30;

    /// <summary>Files larger than this are not kept, and read from the inner file system each time.</summary>
    /// <value>Default: as large as the cache.</value>
    public long? MaxFileBytes
    {
        get;
        init => field = value is null or > 0
            ? value
            : throw new ArgumentOutOfRangeException(null, "The largest file must be at least one byte.");
    }

    /// <summary>Whether the inner file system is disposed with the cache.</summary>
    /// <value>Default false: it stays the caller's.</value>
    public bool OwnsInner { get; init; }
}
