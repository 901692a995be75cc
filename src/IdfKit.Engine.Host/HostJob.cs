using System.Globalization;
using System.Text;

namespace IdfKit.Engine.Host;

/// <summary>
/// The one job of a run that was forked from a host. On the pipe it is texts, each ended by a zero byte: the number of texts that
/// follow, the working directory, the number of variables, "NAME=value" for each, the number of places and each of those as "r/path"
/// or "w/path" (none: no confinement), then the arguments.
/// </summary>
internal sealed record HostJob(
    string WorkingDirectory, IReadOnlyList<KeyValuePair<string, string>> Variables,
    IReadOnlyList<string> Readable, IReadOnlyList<string> Writable, IReadOnlyList<string> Arguments)
{
    /// <summary>Waits for the job on standard input. Null when the pipe ends before a whole job has come.</summary>
    public static HostJob? Read()
    {
        using var bytes = new MemoryStream();
        Span<byte> buffer = stackalloc byte[4096];
        while (Libc.Read(0, buffer, (nuint)buffer.Length) is > 0 and var count) bytes.Write(buffer[..(int)count]);

        var texts = Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).Split('\0');
        if (!int.TryParse(texts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var promised) || texts.Length != promised + 2)
            return null;
        var variables = int.Parse(texts[2], NumberStyles.None, CultureInfo.InvariantCulture);
        var at = 3 + variables;
        var places = int.Parse(texts[at], NumberStyles.None, CultureInfo.InvariantCulture);
        var named = texts[(at + 1)..(at + 1 + places)];
        return new(
            texts[1], [.. texts[3..at].Select(Variable)],
            [.. named.Where(place => place[0] == 'r').Select(place => place[1..])],
            [.. named.Where(place => place[0] == 'w').Select(place => place[1..])],
            texts[(at + 1 + places)..^1]);
    }

    private static KeyValuePair<string, string> Variable(string text)
    {
        var end = text.IndexOf('=', StringComparison.Ordinal);
        return new(text[..end], text[(end + 1)..]);
    }
}
