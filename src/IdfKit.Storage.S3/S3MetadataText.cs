using System.Text;
using IdfKit.Storage.Rules;

namespace IdfKit.Storage.S3;

/// <summary>
/// Metadata travels in headers, which hold ASCII only; other text goes as an encoded word (RFC 2047), as S3 itself
/// answers it.
/// </summary>
internal static class S3MetadataText
{
    private const string Start = "=?UTF-8?", End = "?=";

    public static string Encode(string value) =>
        MetadataRules.TravelsPlain(value)
            ? value
            : Start + "B?" + Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) + End;

    public static string Decode(string value)
    {
        if (!value.StartsWith(Start, StringComparison.OrdinalIgnoreCase)
            || !value.EndsWith(End, StringComparison.Ordinal)
            || value.Length < Start.Length + 4)
        {
            return value;
        }
        var text = value[(Start.Length + 2)..^End.Length];
        return value[Start.Length] switch
        {
            'B' or 'b' when Base64(text) is { } decoded => decoded,
            'Q' or 'q' => Quoted(text),
            _ => value,
        };
    }

    private static string? Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }

    private static string Quoted(string text) =>
        Uri.UnescapeDataString(text.Replace('_', ' ').Replace("%", "%25", StringComparison.Ordinal).Replace('=', '%'));
}
