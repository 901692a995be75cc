using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>The headers that an object keeps and hands back.</summary>
internal static class ObjectHeaders
{
    private const string Tagging = "x-amz-tagging";
    private const string ChecksumPrefix = "x-amz-checksum-";
    private static readonly string[] Kept =
        ["Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires"];

    public static IReadOnlyDictionary<string, string> From(IHeaderDictionary headers)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Kept)
            if (headers[name].ToString() is { Length: > 0 } value) kept[name] = value;
        if (headers[Tagging].ToString() is { Length: > 0 } tagging) kept[Tagging] = ObjectTags.FromQuery(tagging).Query;
        foreach (var (name, value) in headers)
            if (name.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)) kept[name.ToLowerInvariant()] = value.ToString();
        if (kept.TryGetValue("Content-Encoding", out var encoding))
        {
            // aws-chunked is how the body travelled, not what the object is.
            var rest = string.Join(
                ",", encoding.Split(',', StringSplitOptions.TrimEntries).Where(part => part is not ("" or "aws-chunked")));
            if (rest.Length > 0) kept["Content-Encoding"] = rest;
            else kept.Remove("Content-Encoding");
        }
        return kept;
    }

    public static IReadOnlyDictionary<string, string> WithoutChecksums(IReadOnlyDictionary<string, string> headers) =>
        headers.Where(header => !header.Key.StartsWith(ChecksumPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a copy keeps of its source, and what it takes from its request.</summary>
    public static IReadOnlyDictionary<string, string> OfCopy(IReadOnlyDictionary<string, string> source, IHeaderDictionary request)
    {
        bool Replaces(string directive) => string.Equals(request[directive], "REPLACE", StringComparison.OrdinalIgnoreCase);
        var given = From(request);
        var kept = new Dictionary<string, string>(
            Replaces("x-amz-metadata-directive") ? given : WithoutChecksums(source), StringComparer.OrdinalIgnoreCase);
        kept.Remove(Tagging);
        if ((Replaces("x-amz-tagging-directive") ? given : source).TryGetValue(Tagging, out var tagging)) kept[Tagging] = tagging;
        return kept;
    }

    /// <summary>The tags that are kept among the headers.</summary>
    public static ObjectTags TagsOf(IReadOnlyDictionary<string, string> stored) =>
        ObjectTags.FromQuery(stored.GetValueOrDefault(Tagging, ""));

    /// <summary>The same headers with other tags; none for an empty query.</summary>
    public static IReadOnlyDictionary<string, string> WithTags(IReadOnlyDictionary<string, string> stored, string query)
    {
        var changed = new Dictionary<string, string>(stored, StringComparer.OrdinalIgnoreCase);
        if (query.Length > 0) changed[Tagging] = query;
        else changed.Remove(Tagging);
        return changed;
    }

    public static void Write(IReadOnlyDictionary<string, string> stored, S3Request request, bool isWhole)
    {
        var response = request.Http.Response.Headers;
        var wantsChecksum = isWhole && string.Equals(request.Headers["x-amz-checksum-mode"], "ENABLED", StringComparison.OrdinalIgnoreCase);
        response.ContentType = "binary/octet-stream";
        if (TagsOf(stored).All is { Count: > 0 } tags) response["x-amz-tagging-count"] = tags.Count.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in stored.Where(header => header.Key != Tagging))
            if (wantsChecksum || !name.StartsWith(ChecksumPrefix, StringComparison.OrdinalIgnoreCase)) response[name] = value;
        foreach (var name in Kept)
            if (request.Query("response-" + name.ToLowerInvariant()) is { Length: > 0 } value) response[name] = value;
    }
}
