using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>A request in S3's terms: which bucket, which key, whichever way they were addressed.</summary>
internal sealed class S3Request
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private S3Request(HttpContext context, string bucket, string key)
    {
        Http = context;
        Bucket = bucket;
        Key = key;
    }

    public HttpContext Http { get; }

    /// <summary>Empty for a request to the service itself.</summary>
    public string Bucket { get; }

    /// <summary>Empty for a request to the bucket.</summary>
    public string Key { get; }

    public string Method => Http.Request.Method;

    public IHeaderDictionary Headers => Http.Request.Headers;

    public CancellationToken Aborted => Http.RequestAborted;

    public bool Has(string parameter) => Http.Request.Query.ContainsKey(parameter);

    public string? Query(string parameter) => Http.Request.Query.TryGetValue(parameter, out var value) ? value.ToString() : null;

    public static S3Request From(HttpContext context, string servedBucket)
    {
        // Request.Path is normalised (dot segments are gone) and half decoded; keys need every byte as it was sent.
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        if (path.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) path = new Uri(path).AbsolutePath;
        path = path.Length > 0 ? path[1..] : "";
        var host = context.Request.Host.Host;
        if (host.StartsWith(servedBucket + ".", StringComparison.OrdinalIgnoreCase))
            return new S3Request(context, servedBucket, Decode(path));
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? new S3Request(context, Decode(path), "")
            : new S3Request(context, Decode(path[..slash]), Decode(path[(slash + 1)..]));
    }

    /// <summary>The bucket and key of an <c>x-amz-copy-source</c> header.</summary>
    public static (string Bucket, string Key) CopySource(string header)
    {
        var source = Decode(header.Split('?')[0]).TrimStart('/');
        var slash = source.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0) throw S3Exception.InvalidArgument("x-amz-copy-source must name a bucket and a key.");
        return (source[..slash], source[(slash + 1)..]);
    }

    private static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes[length++] = Convert.ToByte(text.Substring(i + 1, 2), 16);
                i += 2;
            }
            else
            {
                length += Encoding.UTF8.GetBytes(text.AsSpan(i, 1), bytes.AsSpan(length));
            }
        }
        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw new S3Exception(400, "InvalidURI", "The key is not UTF-8.");
        }
    }
}
