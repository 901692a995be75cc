namespace IdfKit.Storage;

/// <summary>Which part of one level of a folder is listed; the default is all of it.</summary>
public sealed record ListOptions
{
    /// <summary>Most entries, files and folders together.</summary>
    /// <value>Null: all. Must be positive.</value>
    public int? Limit
    {
        get;
        init => field = value is null or > 0
            ? value
            : throw new ArgumentOutOfRangeException(null, "At least one entry must be asked for.");
    }

    /// <summary>
    /// Only entries after this path, in the order of the listing; nothing need be stored there. A listing goes on where
    /// it was cut with the path of its last entry, and <c>/</c> behind it when that was a folder.
    /// </summary>
    public string? StartAfter { get; init; }

    /// <summary>Refuses what no entry can follow.</summary>
    internal void Check(string operation)
    {
        if (StartAfter is { } start) StoragePath.CheckFolder(start.EndsWith('/') ? start[..^1] : start, operation);
    }
}
