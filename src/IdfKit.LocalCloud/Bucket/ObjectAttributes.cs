using System.Globalization;
using System.Xml.Linq;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>GetObjectAttributes (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html).</summary>
internal static class ObjectAttributes
{
    private const string Asked = "x-amz-object-attributes", ChecksumPrefix = "x-amz-checksum-";
    private static readonly string[] Known = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public static async Task AnswerAsync(S3Request request, StoredObject found)
    {
        var asked = request.Headers[Asked].ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (asked.Length == 0 || asked.Except(Known).Any())
            throw S3Exception.InvalidArgument($"{Asked} must name some of {string.Join(", ", Known)}.");
        request.Http.Response.Headers.LastModified = found.Modified.ToString("R", CultureInfo.InvariantCulture);
        await S3Xml.WriteAsync(request, new XElement("GetObjectAttributesResponse",
            Known.Where(asked.Contains).Select(name => Of(name, found))));
    }

    private static XElement? Of(string attribute, StoredObject found) => attribute switch
    {
        "ETag" => new("ETag", found.ETag), // without quotes, here alone
        "ObjectSize" => new("ObjectSize", found.Size),
        "StorageClass" => new("StorageClass", "STANDARD"),
        "ObjectParts" => found.PartSizes.Count == 0 ? null : new("ObjectParts", new XElement("PartsCount", found.PartSizes.Count)),
        _ => Checksums(found),
    };

    private static XElement? Checksums(StoredObject found)
    {
        var known = found.Headers.Where(header => header.Key.StartsWith(ChecksumPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(header => new XElement("Checksum" + header.Key[ChecksumPrefix.Length..].ToUpperInvariant(), header.Value)).ToList();
        return known.Count == 0 ? null : new("Checksum", known, new XElement("ChecksumType", "FULL_OBJECT"));
    }
}
