using Amazon.S3.Model;

namespace IdfKit.Storage.S3;

/// <summary>Entries from what S3 answers.</summary>
internal static class S3Entry
{
    private const string Header = "x-amz-meta-";

    public static FileEntry Of(string path, GetObjectMetadataResponse head) =>
        Of(path, head.ContentLength, head.LastModified, head.ETag, head.VersionId, head.Headers, head.Metadata);

    public static FileEntry Of(string path, long totalBytes, GetObjectResponse answer) => Of(
        path, totalBytes, answer.LastModified, answer.ETag, answer.VersionId, answer.Headers, answer.Metadata);

    public static FileEntry Of(string path, S3Object listed) =>
        new(path, listed.Size ?? 0, Time(listed.LastModified), listed.ETag?.Trim('"'));

    private static FileEntry Of(
        string path, long sizeBytes, DateTime? modified, string etag,
        string? versionId, HeadersCollection headers, MetadataCollection? metadata) =>
        new(path, sizeBytes, Time(modified), etag.Trim('"'))
        {
            VersionId = string.IsNullOrEmpty(versionId) ? null : versionId,
            ContentType = Said(headers.ContentType),
            // Clients of old have left on Ceph how they sent the object.
            ContentEncoding = Said(headers.ContentEncoding) is { } said and not "aws-chunked" ? said : null,
            Metadata = metadata is null
                ? new Dictionary<string, string>()
                : metadata.Keys.Where(key => Name(key) != WriteMark.Name)
                    .ToDictionary(Name, key => S3MetadataText.Decode(metadata[key]), StringComparer.Ordinal),
        };

    private static string? Said(string? header) => string.IsNullOrEmpty(header) ? null : header;

    private static DateTimeOffset? Time(DateTime? time) => time is { } known ? new DateTimeOffset(known.ToUniversalTime()) : null;

    private static string Name(string key) =>
        (key.StartsWith(Header, StringComparison.OrdinalIgnoreCase) ? key[Header.Length..] : key).ToLowerInvariant();
}
