using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3.Listing;

/// <summary>One page of a listing: objects, and where a delimiter was given the folders between them, in the order of their keys.</summary>
internal sealed class ListedPage
{
    private readonly CancellationToken _given;
    private readonly CancellationToken _added;

    public ListedPage(ListObjectsV2Response answer, CancellationToken given, CancellationToken added)
    {
        (_given, _added) = (given, added);
        var isEncoded = answer.Encoding == EncodingType.Url;
        var objects = (answer.S3Objects ?? []).Select(stored => new ListedKey(Key(stored.Key, isEncoded), stored));
        var folders = (answer.CommonPrefixes ?? []).Select(folder => new ListedKey(Key(folder, isEncoded), null));
        Keys = answer.CommonPrefixes is { Count: > 0 }
            ? [.. objects.Concat(folders).OrderBy(listed => listed.Name, StoragePath.Order)]
            : [.. objects];
        Next = answer.IsTruncated is true ? answer.NextContinuationToken : null;
    }

    public IReadOnlyList<ListedKey> Keys { get; }

    /// <summary>What asks for the next page; null: this is the last.</summary>
    public string? Next { get; }

    public void ThrowIfStopped()
    {
        _given.ThrowIfCancellationRequested();
        _added.ThrowIfCancellationRequested();
    }

    // Some keys are no XML, so servers are asked to encode them; a form's '+' for a space is what AWS does, '%20' what others do.
    private static string Key(string key, bool isEncoded) => isEncoded ? Uri.UnescapeDataString(key.Replace('+', ' ')) : key;
}

/// <param name="Name">The key; of a folder with <c>/</c> at its end.</param>
/// <param name="Object">Null: it is a folder.</param>
internal sealed record ListedKey(string Name, S3Object? Object)
{
    public bool IsFolder => Object is null;
}
