using System.Text;
using System.Text.Unicode;

namespace IdfKit.Engine.Models;

/// <summary>
/// Text of which some lines are no valid UTF-8. Those are read as Windows-1252, line by line, since a file of several hands may be
/// written in both.
/// </summary>
internal static class LegacyLines
{
    // What 0x80 to 0x9F are in Windows-1252; the five that mean nothing there stay control characters, as in Encoding.GetEncoding(1252).
    private const string Upper =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>Whether every byte that is no UTF-8 stands behind an exclamation mark, where EnergyPlus does not look.</summary>
    public static bool AreOnlyInComments(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0)
        {
            var line = text[..LineLength(text)];
            text = text[line.Length..];
            var comment = line.IndexOf((byte)'!');
            if (!Utf8.IsValid(comment < 0 ? line : line[..comment])) return false;
        }
        return true;
    }

    public static byte[] ToUtf8(ReadOnlySpan<byte> text)
    {
        var converted = new byte[Convert(text, [])];
        Convert(text, converted);
        return converted;
    }

    /// <summary>Converts all lines; the length of the result. Into nothing it only counts.</summary>
    private static int Convert(ReadOnlySpan<byte> text, Span<byte> into)
    {
        Span<byte> character = stackalloc byte[4];
        var length = 0;
        while (text.Length > 0)
        {
            var line = text[..LineLength(text)];
            text = text[line.Length..];
            if (Utf8.IsValid(line))
            {
                if (into.Length > 0) line.CopyTo(into[length..]);
                length += line.Length;
                continue;
            }
            foreach (var value in line)
            {
                var size = new Rune(CharacterOf(value)).EncodeToUtf8(character);
                if (into.Length > 0) character[..size].CopyTo(into[length..]);
                length += size;
            }
        }
        return length;
    }

    /// <summary>How many bytes the character of a byte of Windows-1252 has in UTF-8.</summary>
    public static int SizeInUtf8(byte value) => new Rune(CharacterOf(value)).Utf8SequenceLength;

    /// <summary>The byte of a character in Windows-1252; null when it has none.</summary>
    public static byte? ByteOf(char character)
    {
        if (character is < '\u0080' or (>= '\u00A0' and <= '\u00FF')) return (byte)character;
        return Upper.IndexOf(character, StringComparison.Ordinal) is >= 0 and var at ? (byte)(0x80 + at) : null;
    }

    private static char CharacterOf(byte value) => value is >= 0x80 and < 0xA0 ? Upper[value - 0x80] : (char)value;

    /// <summary>The length of the first line with its end.</summary>
    private static int LineLength(ReadOnlySpan<byte> text) => Math.Min(text.Length, IdfFields.EndOfLine(text, 0) + 1);
}
