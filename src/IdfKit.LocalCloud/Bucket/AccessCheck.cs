using System.Globalization;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>Whether a request names the access key that is let in, and whether a presigned one is still valid.
/// Signatures are not computed: this server is for one person on one machine.</summary>
internal sealed class AccessCheck(string? accessKeyId, TimeProvider time)
{
    public void Check(S3Request request)
    {
        CheckExpiry(request);
        if (accessKeyId is null) return;
        var named = NamedKey(request) ?? throw new S3Exception(403, "AccessDenied", "Access Denied: the request is not signed.");
        if (!string.Equals(named, accessKeyId, StringComparison.Ordinal))
            throw new S3Exception(403, "InvalidAccessKeyId", "The AWS access key id you provided does not exist in our records.");
    }

    private static string? NamedKey(S3Request request)
    {
        var credential = request.Query("X-Amz-Credential");
        if (credential is null)
        {
            var header = request.Headers.Authorization.ToString();
            var start = header.IndexOf("Credential=", StringComparison.Ordinal);
            if (start < 0) return null;
            credential = header[(start + "Credential=".Length)..];
        }
        return credential.Split('/')[0];
    }

    private void CheckExpiry(S3Request request)
    {
        if (request.Query("X-Amz-Expires") is not { } seconds || request.Query("X-Amz-Date") is not { } date) return;
        if (!DateTimeOffset.TryParseExact(
            date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
            || !int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var lifetime))
            throw new S3Exception(400, "AuthorizationQueryParametersError", "X-Amz-Date or X-Amz-Expires is malformed.");
        if (time.GetUtcNow() > signed.AddSeconds(lifetime)) throw new S3Exception(403, "AccessDenied", "Request has expired");
    }
}
