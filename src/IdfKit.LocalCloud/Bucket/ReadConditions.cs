using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>The conditions of a read or of a copy's source, with the precedence of RFC 9110, section 13.2.2.</summary>
internal static class ReadConditions
{
    /// <param name="headers">The request's.</param>
    /// <param name="found">What they are about.</param>
    /// <param name="prefix">Empty, or <c>x-amz-copy-source-</c>.</param>
    /// <returns>200, 304 or 412.</returns>
    public static int Check(IHeaderDictionary headers, StoredObject found, string prefix = "")
    {
        var modified = new DateTime(found.Modified.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
        var ifMatch = headers[prefix + "if-match"].ToString();
        if (ifMatch.Length > 0)
        {
            if (!Names(ifMatch, found)) return 412;
        }
        else if (Time(headers[prefix + "if-unmodified-since"].ToString()) is { } before && modified > before)
        {
            return 412;
        }
        var ifNoneMatch = headers[prefix + "if-none-match"].ToString();
        var unchanged = ifNoneMatch.Length > 0
            ? Names(ifNoneMatch, found)
            : Time(headers[prefix + "if-modified-since"].ToString()) is { } since && modified <= since;
        if (!unchanged) return 200;
        return prefix.Length == 0 ? 304 : 412;
    }

    private static bool Names(string list, StoredObject found) =>
        list == "*" || list.Split(',').Any(tag => tag.Trim().Trim('"') == found.ETag);

    private static DateTime? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.UtcDateTime
            : null;
}
