namespace IdfKit.Storage;

/// <summary>Some bytes of a file.</summary>
public readonly record struct FileRange
{
    /// <param name="offset">Where it starts; may lie past the end of the file.</param>
    /// <param name="count">How many bytes; less are read only at the end of the file.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is negative.</exception>
    public FileRange(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        (Offset, Count) = (offset, count);
    }

    /// <summary>Where it starts.</summary>
    public long Offset { get; }

    /// <summary>How many bytes.</summary>
    public int Count { get; }
}
