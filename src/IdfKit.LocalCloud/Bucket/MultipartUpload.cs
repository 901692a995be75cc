using System.Collections.Concurrent;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>An upload in parts that is under way; its parts are temporary files. It does not outlive the server.</summary>
internal sealed class MultipartUpload(string key, IReadOnlyDictionary<string, string> headers, DateTimeOffset initiated)
{
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string Key { get; } = key;

    public IReadOnlyDictionary<string, string> Headers { get; } = headers;

    public DateTimeOffset Initiated { get; } = initiated;

    public ConcurrentDictionary<int, StagedContent> Parts { get; } = new();

    /// <summary>A part put again replaces the earlier one.</summary>
    public void Add(int number, StagedContent part) => Parts.AddOrUpdate(number, part, (_, old) =>
    {
        old.Dispose();
        return part;
    });

    public void RemoveParts()
    {
        foreach (var number in Parts.Keys)
            if (Parts.TryRemove(number, out var part)) part.Dispose();
    }
}
