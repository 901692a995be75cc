using System.Security.Cryptography;
using System.Text;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>
/// The signature of a POST policy, version 4 (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html), or 2,
/// which boto3 makes unless it is told otherwise.
/// </summary>
internal static class PostSignature
{
    /// <summary>Checks it, if the secret of the key that it names is known.</summary>
    /// <exception cref="S3Exception">It is missing, malformed or wrong.</exception>
    public static void Check(IReadOnlyDictionary<string, string> fields, string policy, IReadOnlyDictionary<string, string> secrets)
    {
        if (fields.ContainsKey("AWSAccessKeyId"))
        {
            CheckVersion2(fields, policy, secrets);
            return;
        }
        if (fields.GetValueOrDefault("x-amz-algorithm") != "AWS4-HMAC-SHA256")
            throw S3Exception.InvalidArgument("Bucket POST must contain a field named 'x-amz-algorithm' with the value AWS4-HMAC-SHA256.");
        var scope = Required(fields, "x-amz-credential").Split('/');
        var signature = Required(fields, "x-amz-signature");
        if (scope is not [var id, var date, var region, "s3", "aws4_request"])
            throw S3Exception.InvalidArgument("x-amz-credential must be KEY/DATE/REGION/s3/aws4_request.");
        if (!Required(fields, "x-amz-date").StartsWith(date, StringComparison.Ordinal))
            throw S3Exception.InvalidArgument("x-amz-date is of another day than x-amz-credential.");
        if (!secrets.TryGetValue(id, out var secret)) return;
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in (string[])[date, region, "s3", "aws4_request"])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(policy)));
        Compare(expected, signature);
    }

    /// <summary>The access key id that a form names.</summary>
    public static string KeyOf(IReadOnlyDictionary<string, string> fields) =>
        fields.GetValueOrDefault("AWSAccessKeyId") ?? fields.GetValueOrDefault("x-amz-credential", "").Split('/')[0];

    private static void CheckVersion2(
        IReadOnlyDictionary<string, string> fields, string policy, IReadOnlyDictionary<string, string> secrets)
    {
        var signature = Required(fields, "signature");
        if (!secrets.TryGetValue(Required(fields, "AWSAccessKeyId"), out var secret)) return;
#pragma warning disable CA5350 // version 2 is a SHA-1 by definition.
        Compare(Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(policy))), signature);
#pragma warning restore CA5350
    }

    private static void Compare(string expected, string given)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given)))
            throw new S3Exception(403, "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided.");
    }

    private static string Required(IReadOnlyDictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw PostForm.Lacks(name);
}
