using System.Text;

namespace IdfKit.Storage;

/// <summary>What the default bodies of both interfaces do with content in memory.</summary>
internal static class StorageText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static string Decode(ReadOnlySpan<byte> content, Encoding? encoding)
    {
        encoding ??= Utf8;
        var mark = encoding is UTF8Encoding ? Encoding.UTF8.Preamble : encoding.Preamble;
        return encoding.GetString(mark.Length > 0 && content.StartsWith(mark) ? content[mark.Length..] : content);
    }

    public static byte[] Encode(string text, Encoding? encoding)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (encoding ?? Utf8).GetBytes(text);
    }

    public static int Slice(ReadOnlySpan<byte> content, long offset, Span<byte> destination)
    {
        if (offset >= content.Length) return 0;
        var count = Math.Min(destination.Length, content.Length - (int)offset);
        content.Slice((int)offset, count).CopyTo(destination);
        return count;
    }

    public static IReadOnlyList<ReadOnlyMemory<byte>> Slices(ReadOnlyMemory<byte> content, IReadOnlyList<FileRange> ranges) =>
        [.. ranges.Select(range => range.Offset >= content.Length
            ? ReadOnlyMemory<byte>.Empty
            : content.Slice((int)range.Offset, Math.Min(range.Count, content.Length - (int)range.Offset)))];
}
