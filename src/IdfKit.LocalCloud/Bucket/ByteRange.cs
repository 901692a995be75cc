using System.Globalization;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>A part of an object's bytes.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    public string ContentRange(long size) =>
        string.Create(CultureInfo.InvariantCulture, $"bytes {Start}-{Start + Length - 1}/{size}");

    /// <summary>Null when the header asks for the whole object or is none that S3 understands (several ranges, other units).</summary>
    /// <exception cref="S3Exception">InvalidRange: nothing of it lies in the object.</exception>
    public static ByteRange? Parse(string header, long size)
    {
        if (!header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) || header.Contains(',', StringComparison.Ordinal)) return null;
        var ends = header["bytes=".Length..].Split('-');
        if (ends.Length != 2) return null;
        var hasFirst = long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first);
        var hasLast = long.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last);
        if ((ends[0].Length > 0 && !hasFirst) || (ends[1].Length > 0 && !hasLast) || (!hasFirst && !hasLast)) return null;
        if (!hasFirst)
        {
            var length = Math.Min(last, size);
            return length == 0 ? throw S3Exception.InvalidRange(size) : new ByteRange(size - length, length);
        }
        if (hasLast && last < first) return null;
        if (first >= size) throw S3Exception.InvalidRange(size);
        return new ByteRange(first, (hasLast ? Math.Min(last, size - 1) : size - 1) - first + 1);
    }
}
