using System.Text;

namespace IdfKit.Engine.Models;

/// <summary>What a file is that is dropped as a model and is none, seen by its first bytes.</summary>
internal static class ModelKinds
{
    private const int LongestFirstLine = 400;

    /// <summary>Whether text without a mark is JSON. EnergyPlus allows comments, also before the first brace.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text) =>
        text.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] or [(byte)'/', (byte)'/' or (byte)'*', ..];

    /// <summary>Files that are no text at all; the sentence, or null.</summary>
    public static string? OfBytes(ReadOnlySpan<byte> bytes, string who)
    {
        if (bytes is [0x1F, 0x8B, ..]) return EngineSentences.Gzip(who);
        if (bytes is [(byte)'P', (byte)'K', 3 or 5 or 7, 4 or 6 or 8, ..]) return EngineSentences.Zip(who);
        if (bytes is [(byte)'7', (byte)'z', 0xBC, 0xAF, ..]) return EngineSentences.Archive(who, "7z");
        if (bytes is [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..]) return EngineSentences.Archive(who, "xz");
        if (bytes.StartsWith("BZh"u8)) return EngineSentences.Archive(who, "bzip2");
        if (bytes is [0x28, 0xB5, 0x2F, 0xFD, ..]) return EngineSentences.Archive(who, "zstd");
        if (bytes.StartsWith("Rar!"u8)) return EngineSentences.Archive(who, "rar");
        if (bytes.Length > 262 && bytes[257..262].SequenceEqual("ustar"u8)) return EngineSentences.Archive(who, "tar");
        if (bytes.StartsWith("%PDF"u8)) return EngineSentences.Document(who, "a PDF document");
        if (bytes.StartsWith("SQLite format 3"u8)) return EngineSentences.Document(who, "a SQLite database");
        if (bytes is [0xD0, 0xCF, 0x11, 0xE0, ..]) return EngineSentences.Document(who, "an Office document");
        return null;
    }

    /// <summary>Text that is something else than a model; the sentence, or null.</summary>
    public static string? OfText(ReadOnlySpan<byte> text, string who)
    {
        text = text.TrimStart(" \t\r\n"u8);
        if (text is [(byte)'<', ..]) return OfMarkup(text, who);
        if (text.StartsWith("version https://git-lfs"u8)) return EngineSentences.GitPointer(who);
        if (text.StartsWith("{\\rtf"u8)) return EngineSentences.Document(who, "a document of a word processor");
        if (text is [(byte)'[', ..]) return EngineSentences.JsonList(who);
        if (Starts(text, "LOCATION,"u8) && text.IndexOf("DESIGN CONDITIONS,"u8) is >= 0 and < 1000) return EngineSentences.Weather(who);
        return null;
    }

    private static string? OfMarkup(ReadOnlySpan<byte> text, string who)
    {
        if (Starts(text, "<?xml"u8) && text.IndexOf("<html"u8) < 0) return EngineSentences.Xml(who);
        var line = text[..Math.Min(IdfFields.EndOfLine(text, 0), LongestFirstLine)];
        return Starts(text, "<!doctype html"u8) || text.IndexOf("<html"u8) >= 0 || text.IndexOf("<HTML"u8) >= 0
            ? EngineSentences.WebPage(who, OneLine.Of(Encoding.UTF8.GetString(line), longest: 60))
            : EngineSentences.Xml(who);
    }

    private static bool Starts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length >= word.Length && Ascii.EqualsIgnoreCase(text[..word.Length], word);
}
