using System.Text;

namespace IdfKit.Engine.Models;

/// <summary>Text in units of two bytes, with a mark at its start or without.</summary>
internal static class Utf16
{
    private const int Sample = 4096;

    public static bool Is(ReadOnlySpan<byte> bytes) => EncodingOf(bytes) is not null;

    /// <summary>The text as UTF-8, without a mark; null when it is no UTF-16.</summary>
    public static byte[]? Read(ReadOnlySpan<byte> bytes)
    {
        var encoding = EncodingOf(bytes);
        if (encoding is null) return null;
        // A last odd byte is half of a character; the model is cut off then, and is found to be so.
        bytes = bytes[..(bytes.Length / 2 * 2)];
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) bytes = bytes[2..];
        return Encoding.UTF8.GetBytes(encoding.GetString(bytes));
    }

    /// <summary>Whether the text has four bytes to a character.</summary>
    public static bool IsUtf32(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..]) return true;
        if (bytes.Length < 8) return false;
        bytes = bytes[..(Math.Min(bytes.Length, Sample) / 4 * 4)];
        return IsMostlyAscii(bytes, 4, 0) || IsMostlyAscii(bytes, 4, 3);
    }

    private static Encoding? EncodingOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode;
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode;
        if (bytes.Length < 4) return null;
        var sample = bytes[..(Math.Min(bytes.Length, Sample) / 2 * 2)];
        return IsMostlyAscii(sample, 2, 0) ? Encoding.Unicode
            : IsMostlyAscii(sample, 2, 1) ? Encoding.BigEndianUnicode
            : null;
    }

    /// <summary>
    /// Whether of units of <paramref name="width"/> bytes at least two thirds are ASCII: one place holds no zeros, all others do.
    /// A model is mostly ASCII, in whatever language its names are.
    /// </summary>
    private static bool IsMostlyAscii(ReadOnlySpan<byte> bytes, int width, int place)
    {
        var ascii = 0;
        for (var at = 0; at < bytes.Length; at += width)
        {
            var unit = bytes.Slice(at, width);
            if (unit[place] is not 0 and < 0x80 && unit.Count((byte)0) == width - 1) ascii++;
        }
        return ascii * 3L * width >= bytes.Length * 2L;
    }
}
