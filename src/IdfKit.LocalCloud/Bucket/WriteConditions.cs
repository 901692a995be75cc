using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>
/// If-Match and If-None-Match of a write
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html).
/// </summary>
internal readonly record struct WriteConditions(string? IfMatch, bool IfAbsent)
{
    public static WriteConditions From(IHeaderDictionary headers)
    {
        var ifNoneMatch = headers.IfNoneMatch.ToString();
        if (ifNoneMatch is not ("" or "*"))
            throw S3Exception.NotImplemented("A write with If-None-Match other than *");
        var ifMatch = headers.IfMatch.ToString();
        return new WriteConditions(ifMatch.Length == 0 ? null : ifMatch.Trim('"'), ifNoneMatch == "*");
    }

    /// <summary>Call under the key's lock.</summary>
    public void Check(string key, StoredObject? present)
    {
        if (IfAbsent && present is not null) throw S3Exception.PreconditionFailed("If-None-Match");
        if (IfMatch is null) return;
        if (present is null) throw S3Exception.NoSuchKey(key);
        if (IfMatch != "*" && !string.Equals(IfMatch, present.ETag, StringComparison.Ordinal))
            throw S3Exception.PreconditionFailed("If-Match");
    }
}
