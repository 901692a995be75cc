using System.Globalization;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>The objects of listings, of which there are many, and of which only size, time and ETag are told.</summary>
internal sealed partial class BucketFolder
{
    /// <summary>What tells the content of a file of the bucket from another; null where there is no file.</summary>
    public FileState? StateOf(string path)
    {
        Work.Look();
        return FileState.Of(path);
    }

    /// <summary>
    /// An object without its headers; null when there is none. Looks at its file once, and reads nothing of one that has been looked at
    /// since it changed. A file that cannot be read is listed, too: its ETag is of its size and time.
    /// </summary>
    public async Task<StoredObject?> FindListedAsync(string key, CancellationToken cancellationToken)
    {
        if (!ObjectKey.TryParse(key, out var parsed)) return null;
        var path = parsed.PathIn(Root);
        if (!parsed.IsFolderMarker)
        {
            if (StateOf(path) is not { } state) return null;
            if (_etags.Find(key, state) is { } known) return Listed(key, path, state, known);
        }
        try
        {
            return await FindAsync(key, cancellationToken);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return StateOf(path) is { } state ? Listed(key, path, state, UnreadableETag(state)) : null;
        }
    }

    /// <summary>Whether a file is as it was put over S3.</summary>
    public bool IsPut(string key, long size, DateTime modified) =>
        ObjectRecord.Read(ObjectRecord.PathOf(Hidden, key)) is { } record && record.Size == size && record.ModifiedTicks == modified.Ticks;

    private static StoredObject Listed(string key, string path, FileState state, string etag) =>
        new(key, path, state.Size, state.Modified, etag, NoHeaders, []);

    private static string UnreadableETag(FileState state) =>
        string.Create(CultureInfo.InvariantCulture, $"{state.Size:x16}{state.Modified.Ticks:x16}");
}
