using System.Text;
using System.Text.Json;
using System.Text.Unicode;

using IdfKit.Engine;

namespace IdfKit.Runs.Staging;

/// <summary>Writes other paths into the staged copy of a model, where the model's own cannot lead to what was staged.</summary>
internal static class StagedPaths
{
    /// <summary>Replaces each path in the line where its reference says that it stands, in values and not in comments.</summary>
    /// <param name="modelPath">The staged copy.</param>
    /// <param name="changes">Which paths, and what to write.</param>
    /// <returns>Whether every one was found.</returns>
    public static bool Rewrite(string modelPath, IReadOnlyList<(FileReference Reference, string Written)> changes)
    {
        var bytes = File.ReadAllBytes(modelPath);
        var isJson = WithoutMark(bytes).TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
        var encoding = Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1;
        var lines = changes.GroupBy(change => change.Reference.Line).OrderBy(group => group.Key).ToList();
        using var rewritten = new MemoryStream(bytes.Length + 256);
        var (position, number, all) = (0, 1, true);
        foreach (var group in lines)
        {
            var start = position;
            while (number < group.Key && position < bytes.Length) (position, number) = (EndOfLine(bytes, position), number + 1);
            rewritten.Write(bytes, start, position - start);
            var end = EndOfLine(bytes, position);
            var line = encoding.GetString(bytes, position, end - position);
            foreach (var (reference, written) in group)
                all &= isJson ? InJson(ref line, reference.Path, written) : InIdf(ref line, reference.Path, written);
            rewritten.Write(encoding.GetBytes(line));
            (position, number) = (end, number + 1);
        }
        if (!all) return false;
        rewritten.Write(bytes, position, bytes.Length - position);
        File.WriteAllBytes(modelPath, rewritten.ToArray());
        return true;
    }

    private static ReadOnlySpan<byte> WithoutMark(byte[] bytes) => bytes.AsSpan(bytes is [0xef, 0xbb, 0xbf, ..] ? 3 : 0);

    private static bool InIdf(ref string line, string old, string written)
    {
        var comment = line.IndexOf('!', StringComparison.Ordinal);
        var end = comment < 0 ? line.Length : comment;
        var found = false;
        for (var at = 0; (at = line.IndexOf(old, at, end - at, StringComparison.Ordinal)) >= 0;)
        {
            var after = at + old.Length;
            var isWhole = (at == 0 || EndsBefore(line[at - 1])) && (after >= line.Length || EndsBehind(line[after]));
            if (isWhole)
            {
                line = line[..at] + written + line[after..];
                end += written.Length - old.Length;
                found = true;
            }
            at += isWhole ? written.Length : 1;
        }
        return found || line.AsSpan(0, end).Contains(written, StringComparison.Ordinal); // two objects in a line name it
    }

    private static bool EndsBefore(char character) => character is ',' || char.IsWhiteSpace(character);

    private static bool EndsBehind(char character) => EndsBefore(character) || character is ';' or '!';

    private static bool InJson(ref string line, string old, string written)
    {
        var value = "\"" + JsonEncodedText.Encode(written) + "\"";
        var found = false;
        for (var start = line.IndexOf('"', StringComparison.Ordinal); start >= 0;)
        {
            var end = EndOfString(line, start);
            if (end < 0) break;
            var isValue = !line.AsSpan(end + 1).TrimStart().StartsWith(":");
            if (isValue && TextOf(line[start..(end + 1)]) is { } text && text.Trim() == old.Trim())
            {
                line = line[..start] + value + line[(end + 1)..];
                end = start + value.Length - 1;
                found = true;
            }
            start = line.IndexOf('"', end + 1);
        }
        return found || line.Contains(value, StringComparison.Ordinal);
    }

    private static int EndOfString(string line, int start)
    {
        for (var at = start + 1; at < line.Length; at++)
        {
            if (line[at] == '\\') at++;
            else if (line[at] == '"') return at;
        }
        return -1;
    }

    private static string? TextOf(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        try { return reader.Read() ? reader.GetString() : null; }
        catch (JsonException) { return null; } // no string after all
    }

    private static int EndOfLine(byte[] bytes, int position)
    {
        var found = bytes.AsSpan(position).IndexOfAny((byte)'\n', (byte)'\r');
        if (found < 0) return bytes.Length;
        var end = position + found + 1;
        return bytes[end - 1] == '\r' && end < bytes.Length && bytes[end] == '\n' ? end + 1 : end;
    }
}
