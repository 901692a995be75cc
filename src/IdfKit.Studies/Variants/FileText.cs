using System.Text;
using System.Text.Unicode;

using IdfKit.Engine.Models;
using IdfKit.Engine.Preparation;

namespace IdfKit.Studies.Variants;

/// <summary>
/// A model's file as it was written. Changes are noted by their places in the text as UTF-8, and are written into the file's own encoding;
/// a file in Shift-JIS becomes UTF-8.
/// </summary>
internal static class FileText
{
    /// <summary>The file with the changes.</summary>
    /// <exception cref="VariantFault">A value has a letter that the file's encoding does not have.</exception>
    public static byte[] Write(ReadOnlySpan<byte> file, TextEdits edits)
    {
        if (Utf16.Read(file) is { } text) return WriteUtf16(file, Write(text, edits, text.Length));
        if (Utf8.IsValid(file)) return Write(file, edits, file.Length);
        if (!ShiftJis.LooksLike(file)) return WriteLegacy(file, edits);
        var converted = ShiftJis.ToUtf8(file);
        return Write(converted, edits, converted.Length);
    }

    private static byte[] Write(ReadOnlySpan<byte> text, TextEdits edits, int length)
    {
        using var made = new MemoryStream(length + 256);
        edits.WriteTo(made, text);
        return made.ToArray();
    }

    private static byte[] WriteUtf16(ReadOnlySpan<byte> file, byte[] text)
    {
        var hasMark = file is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
        var encoding = file[0] is 0xFE or 0 ? Encoding.BigEndianUnicode : Encoding.Unicode; // a model begins with ASCII
        byte[] mark = hasMark ? encoding.GetPreamble() : [];
        return [.. mark, .. encoding.GetBytes(Encoding.UTF8.GetString(text))];
    }

    private static byte[] WriteLegacy(ReadOnlySpan<byte> file, TextEdits edits)
    {
        using var made = new MemoryStream(file.Length + 256);
        var places = new LegacyPlaces();
        var from = 0;
        foreach (var (start, end, text) in edits.All)
        {
            var at = places.InFile(file, start);
            made.Write(file[from..at]);
            made.Write(InLegacy(text.Span, places.IsLegacyLine));
            from = places.InFile(file, end);
        }
        made.Write(file[from..]);
        return made.ToArray();
    }

    /// <summary>A text in Windows-1252; where it has other letters it stays UTF-8, unless its line cannot hold that.</summary>
    private static byte[] InLegacy(ReadOnlySpan<byte> text, bool isLegacyLine)
    {
        if (Ascii.IsValid(text)) return text.ToArray();
        var letters = Encoding.UTF8.GetString(text);
        var bytes = letters.Select(LegacyLines.ByteOf).ToList();
        if (bytes.TrueForAll(one => one is not null)) return [.. bytes.Select(one => one!.Value)];
        var lacking = letters[bytes.FindIndex(one => one is null)].ToString();
        return isLegacyLine ? throw new VariantFault(StudySentences.NotInEncoding(lacking)) : text.ToArray();
    }
}
