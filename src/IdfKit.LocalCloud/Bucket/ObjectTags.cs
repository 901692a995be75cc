using System.Xml.Linq;
using Microsoft.AspNetCore.WebUtilities;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>
/// The tags of an object, as XML and as the query string that travels in x-amz-tagging
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html).
/// </summary>
internal sealed class ObjectTags
{
    private const int Most = 10, LongestKey = 128, LongestValue = 256;

    private ObjectTags(IReadOnlyList<KeyValuePair<string, string>> all) => All = all;

    public IReadOnlyList<KeyValuePair<string, string>> All { get; }

    public string Query => string.Join('&', All.Select(tag => $"{Uri.EscapeDataString(tag.Key)}={Uri.EscapeDataString(tag.Value)}"));

    public XElement Xml => new("Tagging", new XElement("TagSet",
        All.Select(tag => new XElement("Tag", new XElement("Key", tag.Key), new XElement("Value", tag.Value)))));

    /// <exception cref="S3Exception">An object cannot have such tags.</exception>
    public static ObjectTags FromQuery(string query) => Checked([.. QueryHelpers.ParseQuery(query)
        .SelectMany(tag => tag.Value.Select(value => KeyValuePair.Create(tag.Key, value ?? "")))]);

    /// <exception cref="S3Exception">It is no set of tags, or an object cannot have such.</exception>
    public static ObjectTags FromXml(XElement tagging)
    {
        if (tagging.Name.LocalName != "Tagging" || tagging.Element("TagSet") is not { } set) throw S3Exception.MalformedXml();
        return Checked([.. set.Elements("Tag").Select(tag => KeyValuePair.Create(
            (string?)tag.Element("Key") ?? throw S3Exception.MalformedXml(),
            (string?)tag.Element("Value") ?? throw S3Exception.MalformedXml()))]);
    }

    private static ObjectTags Checked(IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        if (tags.Count > Most) throw new S3Exception(400, "BadRequest", "Object tags cannot be greater than 10");
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > LongestKey || key.StartsWith("aws:", StringComparison.Ordinal))
                throw Invalid("The TagKey you have provided is invalid");
            if (value.Length > LongestValue) throw Invalid("The TagValue you have provided is invalid");
        }
        return tags.DistinctBy(tag => tag.Key).Count() == tags.Count
            ? new(tags)
            : throw Invalid("Cannot provide multiple Tags with the same key");
    }

    private static S3Exception Invalid(string message) => new(400, "InvalidTag", message);
}
