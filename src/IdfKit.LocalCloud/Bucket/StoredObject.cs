namespace IdfKit.LocalCloud.Bucket;

/// <summary>An object as it lies in the folder now.</summary>
internal sealed record StoredObject(
    string Key, string Path, long Size,
    DateTime Modified, string ETag, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<long> PartSizes)
{
    public string QuotedETag => $"\"{ETag}\"";
}
