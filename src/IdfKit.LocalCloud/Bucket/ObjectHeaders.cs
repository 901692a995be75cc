using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud;

/// <summary>The headers that an object keeps and hands back.</summary>
internal static class ObjectHeaders
{
    private const string ChecksumPrefix = "x-amz-checksum-";
    private static readonly string[] Kept =
        ["Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires"];

    public static IReadOnlyDictionary<string, string> From(IHeaderDictionary headers)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Kept)
            if (headers[name].ToString() is { Length: > 0 } value) kept[name] = value;
        foreach (var (name, value) in headers)
            if (name.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)) kept[name.ToLowerInvariant()] = value.ToString();
        if (kept.TryGetValue("Content-Encoding", out var encoding))
        {
            // aws-chunked is how the body travelled, not what the object is.
            var rest = string.Join(",", encoding.Split(',', StringSplitOptions.TrimEntries).Where(part => part is not ("" or "aws-chunked")));
            if (rest.Length > 0) kept["Content-Encoding"] = rest;
            else kept.Remove("Content-Encoding");
        }
        return kept;
    }

    public static IReadOnlyDictionary<string, string> WithoutChecksums(IReadOnlyDictionary<string, string> headers) =>
        headers.Where(header => !header.Key.StartsWith(ChecksumPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);

    public static void Write(IReadOnlyDictionary<string, string> stored, S3Request request, bool isWhole)
    {
        var response = request.Http.Response.Headers;
        var wantsChecksum = isWhole && string.Equals(request.Headers["x-amz-checksum-mode"], "ENABLED", StringComparison.OrdinalIgnoreCase);
        response.ContentType = "binary/octet-stream";
        foreach (var (name, value) in stored)
            if (wantsChecksum || !name.StartsWith(ChecksumPrefix, StringComparison.OrdinalIgnoreCase)) response[name] = value;
        foreach (var name in Kept)
            if (request.Query("response-" + name.ToLowerInvariant()) is { Length: > 0 } value) response[name] = value;
    }
}
