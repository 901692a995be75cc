using System.Xml.Linq;
using IdfKit.LocalCloud.Hosting;
using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>Which operation a request is, and how its errors are answered.</summary>
internal sealed class S3Api(BucketFolder folder, LocalBucketOptions options, TimeProvider time)
{
    private static readonly string[] Subresources =
    [
        "acl", "accelerate", "analytics", "attributes", "cors", "encryption", "intelligent-tiering", "inventory", "legal-hold",
        "lifecycle", "logging", "metrics", "notification", "object-lock", "ownershipControls", "policy", "policyStatus",
        "publicAccessBlock", "replication", "requestPayment", "restore", "retention", "select", "tagging", "torrent", "versioning",
        "versions", "website",
    ];

    private readonly ObjectOperations _objects = new(folder, options.BucketName);
    private readonly TagOperations _tags = new(folder);
    private readonly GrantOperations _grants = new(folder);
    private readonly ListOperations _lists = new(folder, options, time);
    private readonly PostOperations _posts = new(folder, options, time);
    private readonly AccessCheck _access = new(options.AccessKeyId, time);
    private readonly MultipartOperations _multipart = new(
        folder, new ObjectOperations(folder, options.BucketName), options.BucketName, time);

    public async Task HandleAsync(HttpContext context)
    {
        if (await OtherService.RefusesLambdaAsync(context)) return;
        var requestId = Guid.NewGuid().ToString("N")[..16].ToUpperInvariant();
        context.Response.Headers["x-amz-request-id"] = requestId;
        context.Response.Headers["x-amz-id-2"] = "local";
        try
        {
            await RouteAsync(S3Request.From(context, options.BucketName));
        }
        catch (S3Exception e)
        {
            await AnswerAsync(context, e, requestId);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The server outlives whatever happens to one request; the client learns what it was.
            await AnswerAsync(context, FromDisk(e), requestId);
        }
    }

    private static S3Exception FromDisk(Exception e) => e switch
    {
        UnauthorizedAccessException => new S3Exception(403, "AccessDenied", e.Message),
        BadHttpRequestException => new S3Exception(400, "IncompleteBody", e.Message),
        FileNotFoundException or DirectoryNotFoundException => new S3Exception(404, "NoSuchKey", "The file went away: " + e.Message),
        // S3 has no such answer; 507 is that of RFC 4918, which the SDKs of AWS do not repeat.
        _ when OutOfSpace.Is(e) =>
            new S3Exception(507, "InsufficientStorage", "The disk of this local bucket is full; make room and try again."),
        _ => new S3Exception(500, "InternalError", e.Message),
    };

    private static async Task AnswerAsync(HttpContext context, S3Exception e, string requestId)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            // Half of an object is on its way; a broken connection is the only honest answer left.
            context.Abort();
            return;
        }
        response.Headers.ContentLength = null;
        await S3Xml.WriteAsync(context, new XElement("Error",
            new XElement("Code", e.Code), new XElement("Message", e.Message),
            new XElement("Resource", context.Request.Path.Value), new XElement("RequestId", requestId)), e.Status, withNamespace: false);
    }

    private Task RouteAsync(S3Request request)
    {
        if (!IsForm(request)) _access.Check(request);
        if (request.Bucket.Length == 0)
            return request.Method == "GET" ? _lists.ListBucketsAsync(request) : throw NotImplemented(request);
        if (request.Bucket != options.BucketName) throw S3Exception.NoSuchBucket(request.Bucket, options.BucketName);
        if (Subresources.FirstOrDefault(request.Has) is { } asked)
            return request.Key.Length == 0 ? RouteSettingAsync(request, asked) : RouteSubresourceAsync(request, asked);
        return request.Key.Length == 0 ? RouteBucketAsync(request) : RouteObjectAsync(request);
    }

    private Task RouteSettingAsync(S3Request request, string asked) => (request.Method, asked) switch
    {
        ("GET", "versions") => _lists.ListVersionsAsync(request),
        ("GET", _) when BucketSettings.Read(asked, request.Has("id")) is { } setting => S3Xml.WriteAsync(request, setting),
        ("PUT", "acl") => _grants.PutAsync(request),
        _ => throw S3Exception.NotImplemented($"{request.Method} ?{asked}"),
    };

    private Task RouteSubresourceAsync(S3Request request, string asked) => (request.Method, asked) switch
    {
        ("GET", "tagging") => _tags.GetAsync(request),
        ("PUT", "tagging") => _tags.PutAsync(request),
        ("DELETE", "tagging") => _tags.DeleteAsync(request),
        ("GET", "attributes") => _objects.AttributesAsync(request),
        ("GET", "acl") => _grants.GetAsync(request),
        ("PUT", "acl") => _grants.PutAsync(request),
        ("GET", "retention" or "legal-hold") => throw S3Exception.InvalidRequest("Bucket is missing Object Lock Configuration"),
        _ => throw S3Exception.NotImplemented($"{request.Method} ?{asked}"),
    };

    private Task RouteBucketAsync(S3Request request) => request.Method switch
    {
        "GET" when request.Has("location") => _lists.LocationAsync(request),
        "GET" when request.Has("uploads") => _multipart.ListUploadsAsync(request),
        "GET" when request.Query("list-type") == "2" => _lists.ListV2Async(request),
        "GET" => _lists.ListV1Async(request),
        "HEAD" => HeadBucketAsync(request),
        "PUT" => Task.CompletedTask,
        "POST" when request.Has("delete") => _objects.DeleteManyAsync(request),
        "POST" => _posts.PostAsync(request),
        _ => throw NotImplemented(request),
    };

    private Task RouteObjectAsync(S3Request request) => request.Method switch
    {
        "GET" when request.Has("uploadId") => _multipart.ListPartsAsync(request),
        "GET" or "HEAD" => _objects.GetAsync(request),
        "PUT" when request.Has("uploadId") => request.Headers.ContainsKey("x-amz-copy-source")
            ? _multipart.UploadPartCopyAsync(request)
            : _multipart.UploadPartAsync(request),
        "PUT" => request.Headers.ContainsKey("x-amz-copy-source") ? _objects.CopyAsync(request) : _objects.PutAsync(request),
        "DELETE" when request.Has("uploadId") => _multipart.AbortAsync(request),
        "DELETE" => _objects.DeleteAsync(request),
        "POST" when request.Has("uploads") => _multipart.CreateAsync(request),
        "POST" when request.Has("uploadId") => _multipart.CompleteAsync(request),
        _ => throw NotImplemented(request),
    };

    /// <summary>A form brings its key and its expiry in fields.</summary>
    private static bool IsForm(S3Request request) => request is { Method: "POST", Bucket.Length: > 0, Key.Length: 0 }
        && request.Headers.ContentType.ToString().StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    private Task HeadBucketAsync(S3Request request)
    {
        request.Http.Response.Headers["x-amz-bucket-region"] = options.Region;
        return Task.CompletedTask;
    }

    private static S3Exception NotImplemented(S3Request request) =>
        S3Exception.NotImplemented($"{request.Method} {request.Http.Request.Path}{request.Http.Request.QueryString}");
}
