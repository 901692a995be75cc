using System.Text;

namespace IdfKit.Runs.Records;

/// <summary>JSON as it comes: a mark of UTF-8 before it, which some editors write, is no part of it.</summary>
internal static class JsonText
{
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) =>
        json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;

    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) => json[^WithoutMark(json.Span).Length..];
}
