using System.Text.Unicode;

namespace IdfKit.Engine.Models;

/// <summary>Reads a stream into memory, refuses what cannot be a model before anything is parsed, and makes UTF-8 of what can be.</summary>
internal static class ModelBytes
{
    private const int FirstBuffer = 256 * 1024;
    private const byte ControlZ = 0x1A;

    public static ModelText Read(Stream stream, string? name)
    {
        var who = EngineSentences.Who(name);
        var (bytes, length) = ReadAll(stream, who);
        if (length == 0) throw NotAModel(EngineSentences.Empty(who));
        if (ModelKinds.OfBytes(bytes.AsSpan(0, length), who) is { } kind) throw NotAModel(kind);
        if (Utf16.IsUtf32(bytes.AsSpan(0, length))) throw NotAModel(EngineSentences.Utf32(who));
        var text = Decode(bytes, length, name);
        if (text.Span.IndexOf((byte)0) is >= 0 and var zero)
        {
            var (line, column) = text.PositionOf(zero);
            throw new ModelSyntaxException(line, column, EngineSentences.Binary(who, line, column));
        }
        if (ModelKinds.OfText(text.Span[text.Start..], who) is { } other) throw NotAModel(other);
        return text;
    }

    private static ModelText Decode(byte[] bytes, int length, string? name)
    {
        var isUtf8 = Utf8.IsValid(bytes.AsSpan(0, length));
        if ((!isUtf8 || Utf16.Is(bytes.AsSpan(0, length))) && length > ModelBounds.MostConverted)
            throw NotAModel(EngineSentences.TooLargeToConvert(EngineSentences.Who(name), ModelBounds.MostConverted / 1_000_000));
        if (Utf16.Read(bytes.AsSpan(0, length)) is { } converted)
            return new ModelText(converted, converted.Length, name) { WrittenAs = TextEncoding.Utf16, DiffersFromFile = true };
        var endsWithControlZ = WithoutControlZ(bytes, ref length);
        if (isUtf8)
            return new ModelText(bytes, length, name) { EndedWithControlZ = endsWithControlZ, DiffersFromFile = endsWithControlZ };
        var text = bytes.AsSpan(0, length);
        var onlyComments = !ModelKinds.IsJson(text) && LegacyLines.AreOnlyInComments(text);
        var isJapanese = ShiftJis.LooksLike(text);
        var utf8 = isJapanese ? ShiftJis.ToUtf8(text) : LegacyLines.ToUtf8(text);
        return new ModelText(utf8, utf8.Length, name)
        {
            WrittenAs = onlyComments ? TextEncoding.Utf8 : isJapanese ? TextEncoding.ShiftJis : TextEncoding.Windows1252,
            EndedWithControlZ = endsWithControlZ,
            DiffersFromFile = endsWithControlZ || !onlyComments,
            IsFilesText = endsWithControlZ || !onlyComments,
        };
    }

    /// <summary>DOS programs end a text with Ctrl-Z, which EnergyPlus takes for the name of a class.</summary>
    private static bool WithoutControlZ(byte[] bytes, ref int length)
    {
        var end = bytes.AsSpan(0, length).TrimEnd(" \t\r\n"u8).Length;
        var kept = bytes.AsSpan(0, end).TrimEnd(" \t\r\n\u001a"u8).Length;
        if (end == 0 || bytes[end - 1] != ControlZ) return false;
        length = kept;
        return true;
    }

    private static (byte[] Bytes, int Length) ReadAll(Stream stream, string who)
    {
        var remaining = stream.CanSeek ? stream.Length - stream.Position : FirstBuffer - 1;
        if (remaining >= Array.MaxLength) throw NotAModel(EngineSentences.TooLarge(who));
        // One byte more than is expected, so that the end is seen without growing.
        var bytes = new byte[remaining + 1];
        var length = 0;
        while (stream.Read(bytes, length, bytes.Length - length) is > 0 and var read)
        {
            length += read;
            if (length < bytes.Length) continue;
            if (length == Array.MaxLength) throw NotAModel(EngineSentences.TooLarge(who));
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, 2L * length));
        }
        return (bytes, length);
    }

    private static ModelSyntaxException NotAModel(string message) => new(1, 1, message);
}
