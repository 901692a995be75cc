using System.Buffers;
using System.Text;

namespace IdfKit.Drops.Jobs;

/// <summary>The bytes of a job file as UTF-8: it comes from editors that write UTF-16, with a mark or without.</summary>
internal static class JobFileText
{
    /// <exception cref="JobFileFault">It is text in another encoding, or none.</exception>
    internal static ReadOnlySpan<byte> ToUtf8(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        else if (Utf16(text) is { } encoding) return Encoding.UTF8.GetBytes(encoding.GetString(text).TrimStart('\uFEFF'));
        if (LineThatIsNotUtf8(text) is { } line) throw new JobFileFault(DropSentences.JobFileNotUtf8(line));
        return text;
    }

    // JSON begins with ASCII, so that one of its first two bytes is zero.
    private static Encoding? Utf16(ReadOnlySpan<byte> text) => text switch
    {
        [0xFF, 0xFE, ..] or [not 0, 0, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, not 0, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static int? LineThatIsNotUtf8(ReadOnlySpan<byte> text)
    {
        var line = 1;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var length) != OperationStatus.Done) return line;
            if (rune.Value == '\n') line++;
            text = text[length..];
        }
        return null;
    }
}
