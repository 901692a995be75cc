using System.Globalization;
using System.Text;

namespace FaultProxies;

/// <summary>The first lines of a request or an answer, kept as they came.</summary>
internal sealed class HttpHead(string text)
{
    public string Text { get; } = text;

    public string[] FirstLine { get; } = text[..text.IndexOf("\r\n", StringComparison.Ordinal)].Split(' ', 3);

    public int Status => int.Parse(FirstLine[1], CultureInfo.InvariantCulture);

    public bool IsChunked => Header("Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) is true;

    public bool ExpectsContinue => Header("Expect") is not null;

    public long? Length => Header("Content-Length") is { } length ? long.Parse(length, CultureInfo.InvariantCulture) : null;

    public byte[] Bytes => Encoding.Latin1.GetBytes(Text);

    public HttpHead WithLength(long length) =>
        new(string.Join("\r\n", Text.Split("\r\n").Select(line => Is(line, "Content-Length") ? $"Content-Length: {length}" : line)));

    public string? Header(string name) => Text.Split("\r\n").FirstOrDefault(line => Is(line, name))?[(name.Length + 1)..].Trim();

    private static bool Is(string line, string name) => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase);
}
