using System.Text.Json;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>What a caller says of itself in X-Amz-Client-Context, for the function's own header.</summary>
internal static class ClientContext
{
    private const int LongestBytes = 3583; // Lambda's limit, of the Base64

    /// <summary>JSON on one line; empty when the caller says nothing, null when it is no such object.</summary>
    public static string? Read(string base64)
    {
        if (base64.Length == 0) return "";
        if (base64.Length > LongestBytes) return null;
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(base64));
            return document.RootElement.ValueKind == JsonValueKind.Object ? OnOneLine(document) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // The answer to the question.
            return null;
        }
    }

    /// <summary>A header holds no line ends, and not every reader of one takes more than ASCII.</summary>
    private static string OnOneLine(JsonDocument document)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line)) document.WriteTo(writer);
        return System.Text.Encoding.ASCII.GetString(line.ToArray());
    }
}
