using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>POST Object: an upload by a form of a browser (https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html).</summary>
internal sealed class PostOperations(BucketFolder folder, LocalBucketOptions options, TimeProvider time)
{
    public async Task PostAsync(S3Request request)
    {
        var form = await PostForm.ReadAsync(request);
        var fields = form.Fields;
        if (fields.GetValueOrDefault("key") is not { Length: > 0 } key)
            throw PostForm.Lacks("key");
        ObjectKey.Parse(key);
        var policy = Allowed(fields);
        using var content = await BodyReader.StageAsync(form.File, folder, checksum: null, expectedSha256: null, request.Aborted);
        if (content.Size > policy?.Length.Most)
            throw new S3Exception(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
        if (content.Size < policy?.Length.Least)
            throw new S3Exception(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
        var stored = await folder.CommitAsync(
            key, content, HeadersOf(fields), new WriteConditions(null, false), "ObjectCreated:Post", request.Aborted);
        await AnswerAsync(request, fields, stored);
    }

    /// <summary>Null for a form without a policy, which is anonymous.</summary>
    private PostPolicy? Allowed(IReadOnlyDictionary<string, string> fields)
    {
        var isAnonymous = fields.GetValueOrDefault("policy", "").Length == 0;
        if (isAnonymous && options.AccessKeyId is null) return null;
        if (isAnonymous) throw new S3Exception(403, "AccessDenied", "Access Denied: the form has no policy.");
        var encoded = fields["policy"];
        PostSignature.Check(fields, encoded, options.Secrets);
        if (options.AccessKeyId is { } allowed && PostSignature.KeyOf(fields) != allowed)
            throw new S3Exception(403, "InvalidAccessKeyId", "The AWS access key id you provided does not exist in our records.");
        var policy = PostPolicy.Parse(encoded);
        policy.Check(fields, options.BucketName, time.GetUtcNow());
        return policy;
    }

    private static IReadOnlyDictionary<string, string> HeadersOf(IReadOnlyDictionary<string, string> fields)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in fields) headers[name] = value;
        headers.Remove("x-amz-tagging"); // a form has its tags as XML
        var kept = ObjectHeaders.From(headers);
        if (fields.GetValueOrDefault("tagging") is not { Length: > 0 } tagging) return kept;
        return ObjectHeaders.WithTags(kept, ObjectTags.FromXml(S3Xml.Parse(Encoding.UTF8.GetBytes(tagging))).Query);
    }

    private async Task AnswerAsync(S3Request request, IReadOnlyDictionary<string, string> fields, StoredObject stored)
    {
        var response = request.Http.Response;
        var path = Uri.EscapeDataString(stored.Key).Replace("%2F", "/", StringComparison.Ordinal);
        var location = $"http://{request.Http.Request.Host}/{options.BucketName}/{path}";
        response.Headers.ETag = stored.QuotedETag;
        response.Headers.Location = location;
        var redirect = fields.GetValueOrDefault("success_action_redirect") ?? fields.GetValueOrDefault("redirect");
        if (Uri.TryCreate(redirect, UriKind.Absolute, out var to) && to.Scheme is "http" or "https")
        {
            var (key, etag) = (Uri.EscapeDataString(stored.Key), Uri.EscapeDataString(stored.QuotedETag));
            response.StatusCode = 303;
            response.Headers.Location =
                $"{to.AbsoluteUri}{(to.Query.Length > 0 ? "&" : "?")}bucket={options.BucketName}&key={key}&etag={etag}";
            return;
        }
        response.StatusCode = fields.GetValueOrDefault("success_action_status") switch { "200" => 200, "201" => 201, _ => 204 };
        if (response.StatusCode != 201) return;
        await S3Xml.WriteAsync(request.Http, new XElement("PostResponse",
            new XElement("Location", location), new XElement("Bucket", options.BucketName),
            new XElement("Key", stored.Key), new XElement("ETag", stored.QuotedETag)), 201, withNamespace: false);
    }
}
