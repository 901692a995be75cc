using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace IdfKit.Cli.Aws;

/// <summary>
/// Signature version 4, as docs.aws.amazon.com describes it ("Create a signed AWS API request"). The packages of most services that are
/// asked here are not on every feed, and one signature serves them all.
/// </summary>
internal static class AwsSignature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds the headers that say who asks. The query must be sorted and escaped already.</summary>
    public static void Sign(
        HttpRequestMessage request, byte[] body, ImmutableCredentials keys, string region, AwsService service, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/{region}/{service.Scope}/aws4_request";
        var content = Hex(SHA256.HashData(body));
        request.Headers.TryAddWithoutValidation("X-Amz-Date", time);
        request.Headers.TryAddWithoutValidation("X-Amz-Content-Sha256", content);
        if (keys.UseToken) request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", keys.Token);

        var headers = Signed(request);
        var names = string.Join(';', headers.Keys);
        var lines = string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"));
        var canonical = $"{request.Method}\n{PathOf(request.RequestUri!, service)}\n{request.RequestUri!.Query.TrimStart('?')}\n"
            + $"{lines}\n{names}\n{content}";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Hex(Hmac(KeyOf(keys.SecretKey, time[..8], region, service.Scope), text));
        request.Headers.TryAddWithoutValidation("Authorization",
            $"{Algorithm} Credential={keys.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private static SortedDictionary<string, string> Signed(HttpRequestMessage request)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.RequestUri!.Authority };
        foreach (var (name, values) in request.Headers)
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)) headers[name.ToLowerInvariant()] = string.Join(',', values);
        return headers;
    }

    // Every service but S3 escapes the path a second time.
    private static string PathOf(Uri url, AwsService service) =>
        service == AwsService.S3 ? url.AbsolutePath : url.AbsolutePath.Replace("%", "%25", StringComparison.Ordinal);

    private static byte[] KeyOf(string secret, string day, string region, string service)
    {
        var key = Hmac(Encoding.UTF8.GetBytes("AWS4" + secret), day);
        foreach (var part in new[] { region, service, "aws4_request" }) key = Hmac(key, part);
        return key;
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
