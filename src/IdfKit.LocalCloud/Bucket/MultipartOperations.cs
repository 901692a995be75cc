using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>CreateMultipartUpload, UploadPart, UploadPartCopy, CompleteMultipartUpload, AbortMultipartUpload, ListParts,
/// ListMultipartUploads.</summary>
internal sealed class MultipartOperations(BucketFolder folder, ObjectOperations objects, string bucket, TimeProvider time)
{
    private const int MaxPartNumber = 10_000;
    private const long MinPartBytes = 5 * 1024 * 1024;
    private readonly ConcurrentDictionary<string, MultipartUpload> _uploads = new();

    public Task CreateAsync(S3Request request)
    {
        ObjectKey.Parse(request.Key);
        var upload = new MultipartUpload(request.Key, ObjectHeaders.From(request.Headers), time.GetUtcNow());
        _uploads[upload.Id] = upload;
        return S3Xml.WriteAsync(request, new XElement("InitiateMultipartUploadResult",
            new XElement("Bucket", bucket), new XElement("Key", request.Key), new XElement("UploadId", upload.Id)));
    }

    public async Task UploadPartAsync(S3Request request)
    {
        var (upload, number) = (Find(request), PartNumber(request));
        var part = await BodyReader.StageAsync(request.Http, folder, request.Aborted);
        upload.Add(number, part);
        var headers = request.Http.Response.Headers;
        headers.ETag = $"\"{part.ETag}\"";
        foreach (var (name, value) in part.ChecksumHeaders) headers[name] = value;
        request.Http.Response.ContentLength = 0;
    }

    public async Task UploadPartCopyAsync(S3Request request)
    {
        var (upload, number) = (Find(request), PartNumber(request));
        var (source, stream) = await objects.OpenSourceAsync(request);
        await using (stream)
        {
            var header = request.Headers["x-amz-copy-source-range"].ToString();
            var range = header.Length == 0 ? new ByteRange(0, source.Size)
                : ByteRange.Parse(header, source.Size)
                    ?? throw S3Exception.InvalidArgument("x-amz-copy-source-range must be bytes=first-last.");
            stream.Position = range.Start;
            var part = await BodyReader.StageAsync(
                new LimitedStream(stream, range.Length), folder, checksum: null, expectedSha256: null, request.Aborted);
            upload.Add(number, part);
            await S3Xml.WriteAsync(request, new XElement("CopyPartResult",
                new XElement("LastModified", S3Xml.Time(time.GetUtcNow().UtcDateTime)), new XElement("ETag", $"\"{part.ETag}\"")));
        }
    }

    public async Task CompleteAsync(S3Request request)
    {
        var upload = Find(request);
        var conditions = WriteConditions.From(request.Headers);
        var parts = Chosen(upload, await S3Xml.ReadAsync(request));
        using var content = await JoinAsync(parts, request.Aborted);
        var stored = await folder.CommitAsync(
            upload.Key, content, upload.Headers, conditions, "ObjectCreated:CompleteMultipartUpload", request.Aborted);
        if (_uploads.TryRemove(upload.Id, out _)) upload.RemoveParts();
        await S3Xml.WriteAsync(request, new XElement("CompleteMultipartUploadResult",
            new XElement("Location", $"http://{request.Http.Request.Host}/{bucket}/{Uri.EscapeDataString(upload.Key)}"),
            new XElement("Bucket", bucket), new XElement("Key", upload.Key), new XElement("ETag", stored.QuotedETag)));
    }

    public Task AbortAsync(S3Request request)
    {
        var upload = Find(request);
        _uploads.TryRemove(upload.Id, out _);
        upload.RemoveParts();
        request.Http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    public Task ListPartsAsync(S3Request request)
    {
        var upload = Find(request);
        var after = Number(request, "part-number-marker", 0);
        var max = Math.Min(Number(request, "max-parts", 1000), 1000);
        var all = upload.Parts.Where(part => part.Key > after).OrderBy(part => part.Key).ToList();
        var page = all.Take(max).ToList();
        return S3Xml.WriteAsync(request, new XElement("ListPartsResult",
            new XElement("Bucket", bucket), new XElement("Key", upload.Key), new XElement("UploadId", upload.Id),
            new XElement("PartNumberMarker", after), new XElement("MaxParts", max),
            new XElement("NextPartNumberMarker", page.Count > 0 ? page[^1].Key : after),
            new XElement("IsTruncated", page.Count < all.Count),
            page.Select(part => new XElement("Part",
                new XElement("PartNumber", part.Key), new XElement("LastModified", S3Xml.Time(upload.Initiated.UtcDateTime)),
                new XElement("ETag", $"\"{part.Value.ETag}\""), new XElement("Size", part.Value.Size)))));
    }

    public Task ListUploadsAsync(S3Request request)
    {
        var prefix = request.Query("prefix") ?? "";
        var uploads = _uploads.Values.Where(upload => upload.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        uploads.Sort((a, b) => KeyListing.CompareUtf8(a.Key, b.Key));
        return S3Xml.WriteAsync(request, new XElement("ListMultipartUploadsResult",
            new XElement("Bucket", bucket), new XElement("Prefix", prefix),
            new XElement("MaxUploads", 1000), new XElement("IsTruncated", false),
            uploads.Select(upload => new XElement("Upload",
                new XElement("Key", ListOperations.Encode(request, upload.Key)), new XElement("UploadId", upload.Id),
                new XElement("Initiated", S3Xml.Time(upload.Initiated.UtcDateTime)), new XElement("StorageClass", "STANDARD")))));
    }

    private MultipartUpload Find(S3Request request)
    {
        var id = request.Query("uploadId") ?? "";
        return _uploads.TryGetValue(id, out var upload) && upload.Key == request.Key ? upload : throw S3Exception.NoSuchUpload(id);
    }

    private static int PartNumber(S3Request request) => Number(request, "partNumber", 0) is >= 1 and <= MaxPartNumber and var number
        ? number
        : throw S3Exception.InvalidArgument("Part number must be an integer between 1 and 10000, inclusive.");

    private static int Number(S3Request request, string name, int otherwise)
    {
        if (request.Query(name) is not { Length: > 0 } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw S3Exception.InvalidArgument(name + " must be a number that is not negative.");
    }

    private static List<StagedContent> Chosen(MultipartUpload upload, XElement body)
    {
        var chosen = new List<StagedContent>();
        var previous = 0;
        foreach (var element in body.Elements("Part"))
        {
            if (!int.TryParse((string?)element.Element("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw S3Exception.MalformedXml();
            if (number <= previous) throw new S3Exception(400, "InvalidPartOrder", "The list of parts was not in ascending order.");
            var etag = ((string?)element.Element("ETag"))?.Trim('"');
            if (!upload.Parts.TryGetValue(number, out var part) || part.ETag != etag)
                throw new S3Exception(400, "InvalidPart", $"Part {number} could not be found, or its entity tag does not match.");
            chosen.Add(part);
            previous = number;
        }
        if (chosen.Count == 0) throw S3Exception.MalformedXml();
        return chosen.SkipLast(1).Any(part => part.Size < MinPartBytes)
            ? throw new S3Exception(400, "EntityTooSmall",
                "Your proposed upload is smaller than the minimum allowed size: every part but the last needs 5 MiB.")
            : chosen;
    }

    private async Task<StagedContent> JoinAsync(List<StagedContent> parts, CancellationToken cancellationToken)
    {
        var path = folder.NewTemporaryPath();
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            foreach (var part in parts)
            {
                await using var content = new FileStream(
                    part.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);
                await ObjectOperations.CopyAsync(content, file, part.Size, cancellationToken);
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        var digests = parts.SelectMany(part => Convert.FromHexString(part.ETag)).ToArray();
#pragma warning disable CA5351 // S3's ETag of a multipart object is the MD5 of its parts' MD5s.
        var etag = $"{Convert.ToHexStringLower(MD5.HashData(digests))}-{parts.Count}";
#pragma warning restore CA5351
        return new StagedContent(path, parts.Sum(part => part.Size), etag, new Dictionary<string, string>())
        {
            PartSizes = [.. parts.Select(part => part.Size)],
        };
    }
}
