using System.Buffers;
using System.Globalization;
using System.Xml.Linq;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>PutObject, GetObject, HeadObject, DeleteObject, DeleteObjects, CopyObject.</summary>
internal sealed class ObjectOperations(BucketFolder folder, string bucket)
{
    private const int BufferBytes = 128 * 1024;
    private const int MaxKeysInDelete = 1000;

    public async Task PutAsync(S3Request request)
    {
        ObjectKey.Parse(request.Key);
        var conditions = WriteConditions.From(request.Headers);
        using var content = await BodyReader.StageAsync(request.Http, folder, request.Aborted);
        var stored = await folder.CommitAsync(
            request.Key, content, ObjectHeaders.From(request.Headers), conditions, "ObjectCreated:Put", request.Aborted);
        var headers = request.Http.Response.Headers;
        headers.ETag = stored.QuotedETag;
        foreach (var (name, value) in content.ChecksumHeaders) headers[name] = value;
        request.Http.Response.ContentLength = 0;
    }

    public async Task GetAsync(S3Request request)
    {
        if (await folder.OpenAsync(request.Key, request.Aborted) is not var (found, content)) throw S3Exception.NoSuchKey(request.Key);
        await using (content)
        {
            if (Describe(request, found) is not { } range) return;
            if (request.Method == "HEAD" || range.Length == 0) return;
            content.Position = range.Start;
            await CopyAsync(content, request.Http.Response.Body, range.Length, request.Aborted);
        }
    }

    public async Task AttributesAsync(S3Request request)
    {
        if (await folder.FindAsync(request.Key, request.Aborted) is not { } found) throw S3Exception.NoSuchKey(request.Key);
        await ObjectAttributes.AnswerAsync(request, found);
    }

    public async Task DeleteAsync(S3Request request)
    {
        await folder.DeleteAsync(request.Key, WriteConditions.From(request.Headers), request.Aborted);
        request.Http.Response.StatusCode = 204;
    }

    public async Task DeleteManyAsync(S3Request request)
    {
        var body = await S3Xml.ReadAsync(request);
        var quiet = string.Equals((string?)body.Element("Quiet"), "true", StringComparison.OrdinalIgnoreCase);
        var wanted = body.Elements("Object").ToList();
        if (wanted.Count is 0 or > MaxKeysInDelete) throw S3Exception.MalformedXml();
        var result = new XElement("DeleteResult");
        foreach (var item in wanted)
        {
            var key = (string?)item.Element("Key") ?? throw S3Exception.MalformedXml();
            try
            {
                await folder.DeleteAsync(key, new WriteConditions(((string?)item.Element("ETag"))?.Trim('"'), false), request.Aborted);
                if (!quiet) result.Add(new XElement("Deleted", new XElement("Key", key)));
            }
            catch (S3Exception e)
            {
                result.Add(new XElement(
                    "Error", new XElement("Key", key), new XElement("Code", e.Code), new XElement("Message", e.Message)));
            }
        }
        await S3Xml.WriteAsync(request, result);
    }

    public async Task CopyAsync(S3Request request)
    {
        ObjectKey.Parse(request.Key);
        var conditions = WriteConditions.From(request.Headers);
        var replace = string.Equals(request.Headers["x-amz-metadata-directive"], "REPLACE", StringComparison.OrdinalIgnoreCase);
        var (source, stream) = await OpenSourceAsync(request);
        await using (stream)
        {
            if (source.Key == request.Key && !replace)
                throw S3Exception.InvalidRequest("An object can be copied to itself only with x-amz-metadata-directive: REPLACE.");
            using var content = await BodyReader.StageAsync(stream, folder, checksum: null, expectedSha256: null, request.Aborted);
            var stored = await folder.CommitAsync(request.Key, content,
                ObjectHeaders.OfCopy(source.Headers, request.Headers),
                conditions, "ObjectCreated:Copy", request.Aborted);
            await S3Xml.WriteAsync(request, new XElement("CopyObjectResult",
                new XElement("LastModified", S3Xml.Time(stored.Modified)), new XElement("ETag", stored.QuotedETag)));
        }
    }

    /// <summary>What <c>x-amz-copy-source</c> names, when its conditions hold.</summary>
    public async Task<(StoredObject Object, Stream Content)> OpenSourceAsync(S3Request request)
    {
        var (sourceBucket, key) = S3Request.CopySource(request.Headers["x-amz-copy-source"].ToString());
        if (sourceBucket != bucket) throw S3Exception.NoSuchBucket(sourceBucket, bucket);
        var opened = await folder.OpenAsync(key, request.Aborted) ?? throw S3Exception.NoSuchKey(key);
        if (ReadConditions.Check(request.Headers, opened.Object, "x-amz-copy-source-") == 200) return opened;
        await opened.Content.DisposeAsync();
        throw S3Exception.PreconditionFailed("x-amz-copy-source-if-*");
    }

    public static async Task CopyAsync(Stream from, Stream to, long count, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (count > 0)
            {
                var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), cancellationToken);
                // The file was shortened by hand while it was being read: the answer cannot be completed.
                if (read == 0) throw new OperationCanceledException("The file became shorter while it was read.");
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                count -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Status and headers; null when the conditions say that no content follows.</summary>
    private static ByteRange? Describe(S3Request request, StoredObject found)
    {
        var response = request.Http.Response;
        var status = ReadConditions.Check(request.Headers, found);
        if (status == 412) throw S3Exception.PreconditionFailed("If-Match or If-Unmodified-Since");
        response.Headers.ETag = found.QuotedETag;
        response.Headers.LastModified = found.Modified.ToString("R", CultureInfo.InvariantCulture);
        if (status == 304)
        {
            response.StatusCode = 304;
            return null;
        }
        var part = PartRange(request, found);
        var range = part ?? ByteRange.Parse(request.Headers.Range.ToString(), found.Size);
        ObjectHeaders.Write(found.Headers, request, isWhole: range is null);
        response.Headers.AcceptRanges = "bytes";
        if (part is not null && found.PartSizes.Count > 0)
            response.Headers["x-amz-mp-parts-count"] = found.PartSizes.Count.ToString(CultureInfo.InvariantCulture);
        if (range is { } some)
        {
            response.StatusCode = 206;
            response.Headers.ContentRange = some.ContentRange(found.Size);
        }
        response.ContentLength = range?.Length ?? found.Size;
        return range ?? new ByteRange(0, found.Size);
    }

    private static ByteRange? PartRange(S3Request request, StoredObject found)
    {
        if (request.Query("partNumber") is not { } text) return null;
        IReadOnlyList<long> sizes = found.PartSizes.Count > 0 ? found.PartSizes : [found.Size];
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            throw S3Exception.InvalidArgument("partNumber must be a positive number.");
        if (number > sizes.Count)
            throw new S3Exception(416, "InvalidPartNumber", "The requested partnumber is not satisfiable.");
        return found.Size == 0 ? null : new ByteRange(sizes.Take(number - 1).Sum(), sizes[number - 1]);
    }
}
