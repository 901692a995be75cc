namespace IdfKit.LocalCloud.Bucket;

/// <summary>GetObjectTagging, PutObjectTagging, DeleteObjectTagging.</summary>
internal sealed class TagOperations(BucketFolder folder)
{
    public async Task GetAsync(S3Request request)
    {
        if (await folder.FindAsync(request.Key, request.Aborted) is not { } found) throw S3Exception.NoSuchKey(request.Key);
        await S3Xml.WriteAsync(request, ObjectHeaders.TagsOf(found.Headers).Xml);
    }

    public async Task PutAsync(S3Request request)
    {
        var tags = ObjectTags.FromXml(await S3Xml.ReadAsync(request));
        await folder.ChangeHeadersAsync(request.Key, headers => ObjectHeaders.WithTags(headers, tags.Query), request.Aborted);
        request.Http.Response.ContentLength = 0;
    }

    public async Task DeleteAsync(S3Request request)
    {
        await folder.ChangeHeadersAsync(request.Key, headers => ObjectHeaders.WithTags(headers, ""), request.Aborted);
        request.Http.Response.StatusCode = 204;
    }
}
