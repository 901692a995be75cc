using System.Globalization;
using System.Xml.Linq;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>ListObjectsV2, ListObjects, ListBuckets and the small questions about the bucket.</summary>
internal sealed class ListOperations(BucketFolder folder, LocalBucketOptions options, TimeProvider time)
{
    private const int MaxKeys = 1000;
    private readonly OpenListings _open = new(time);

    public async Task ListV2Async(S3Request request)
    {
        var token = request.Query("continuation-token");
        var startAfter = request.Query("start-after") ?? "";
        var (scope, most) = (ScopeOf(request), EntriesOf(request));
        var (page, next) = token is null
            ? _open.Begin(scope, startAfter, most, () => scope.Walk(folder))
            : _open.Continue(scope, token, most, () => scope.Walk(folder));
        var result = await ResultAsync(request, page);
        if (startAfter.Length > 0) result.Add(new XElement("StartAfter", Encode(request, startAfter)));
        if (token is not null) result.Add(new XElement("ContinuationToken", token));
        if (next is not null) result.Add(new XElement("NextContinuationToken", next));
        result.Add(new XElement("KeyCount", page.Keys.Count + page.CommonPrefixes.Count));
        await S3Xml.WriteAsync(request, result);
    }

    public async Task ListV1Async(S3Request request)
    {
        var marker = request.Query("marker") ?? "";
        var (page, result) = await PageAsync(request, marker);
        result.Add(new XElement("Marker", Encode(request, marker)));
        if (page.Next is { } next) result.Add(new XElement("NextMarker", Encode(request, next)));
        await S3Xml.WriteAsync(request, result);
    }

    /// <summary>ListObjectVersions of a bucket without versions: each object has the one that is called null.</summary>
    public async Task ListVersionsAsync(S3Request request)
    {
        var marker = request.Query("key-marker") ?? "";
        var (page, listed) = await PageAsync(request, marker);
        foreach (var contents in listed.Elements("Contents").ToList())
        {
            contents.Name = "Version";
            contents.Element("Key")!.AddAfterSelf(new XElement("VersionId", "null"), new XElement("IsLatest", true));
        }
        listed.Name = "ListVersionsResult";
        listed.Add(new XElement("KeyMarker", Encode(request, marker)));
        listed.Add(new XElement("VersionIdMarker", request.Query("version-id-marker") ?? ""));
        if (page.Next is { } next)
            listed.Add(new XElement("NextKeyMarker", Encode(request, next)), new XElement("NextVersionIdMarker", "null"));
        await S3Xml.WriteAsync(request, listed);
    }

    public Task ListBucketsAsync(S3Request request) => S3Xml.WriteAsync(request, new XElement("ListAllMyBucketsResult",
        BucketSettings.Owner(),
        new XElement("Buckets", new XElement("Bucket",
            new XElement("Name", options.BucketName),
            new XElement("CreationDate", S3Xml.Time(Directory.GetCreationTimeUtc(folder.Root)))))));

    // us-east-1 is written as nothing at all.
    public Task LocationAsync(S3Request request) => S3Xml.WriteAsync(request,
        new XElement("LocationConstraint", options.Region == "us-east-1" ? null : options.Region));

    public static string Encode(S3Request request, string text) =>
        request.Query("encoding-type") == "url" ? Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal) : text;

    private async Task<(ListPage Page, XElement Result)> PageAsync(S3Request request, string after)
    {
        var scope = ScopeOf(request);
        var page = ListPage.Of(scope.Walk(folder), scope, after, EntriesOf(request));
        return (page, await ResultAsync(request, page));
    }

    private async Task<XElement> ResultAsync(S3Request request, ListPage page)
    {
        var (prefix, delimiter) = ScopeOf(request);
        var withOwner = !request.Has("list-type") || request.Query("fetch-owner") == "true";
        var result = new XElement("ListBucketResult",
            new XElement("Name", options.BucketName),
            new XElement("Prefix", Encode(request, prefix)),
            new XElement("MaxKeys", MaxKeysOf(request)),
            new XElement("IsTruncated", page.Next is not null));
        if (delimiter.Length > 0) result.Add(new XElement("Delimiter", Encode(request, delimiter)));
        if (request.Query("encoding-type") is { } encoding) result.Add(new XElement("EncodingType", encoding));
        foreach (var key in page.Keys)
        {
            // Null: removed since the folder was walked.
            if (await folder.FindListedAsync(key, request.Aborted) is not { } found) continue;
            result.Add(new XElement("Contents",
                new XElement("Key", Encode(request, key)),
                new XElement("LastModified", S3Xml.Time(found.Modified)),
                new XElement("ETag", found.QuotedETag),
                new XElement("Size", found.Size),
                withOwner ? BucketSettings.Owner() : null,
                new XElement("StorageClass", "STANDARD")));
        }
        foreach (var common in page.CommonPrefixes)
            result.Add(new XElement("CommonPrefixes", new XElement("Prefix", Encode(request, common))));
        return result;
    }

    private static ListScope ScopeOf(S3Request request) => new(request.Query("prefix") ?? "", request.Query("delimiter") ?? "");

    private static int EntriesOf(S3Request request) => Math.Min(MaxKeysOf(request), MaxKeys);

    private static int MaxKeysOf(S3Request request)
    {
        if (request.Query("max-keys") is not { Length: > 0 } text) return MaxKeys;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw S3Exception.InvalidArgument("max-keys must be a number that is not negative.");
    }
}
