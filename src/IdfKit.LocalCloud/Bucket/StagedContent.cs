namespace IdfKit.LocalCloud.Bucket;

/// <summary>Content that has arrived whole and waits in a temporary file for its place.</summary>
internal sealed record StagedContent(string Path, long Size, string ETag, IReadOnlyDictionary<string, string> ChecksumHeaders) : IDisposable
{
    public IReadOnlyList<long> PartSizes { get; init; } = [];

    public void Dispose() => File.Delete(Path);
}
