using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>The bucket as one invocation sees it: each request waits until the schedule lets it through.</summary>
internal sealed class SteppedFileSystem(BucketCheck check, Actor actor) : IAsyncFileSystem
{
    private readonly MemoryFileSystem _bucket = check.Files;

    public StorageCapabilities Capabilities => _bucket.Capabilities;

    public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
        AskAsync("Read", path, () => _bucket.ReadBytes(path), cancellationToken);

    public Task<int> ReadRangeAsync(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        AskAsync("Peek", path, () => _bucket.ReadRange(path, offset, destination), cancellationToken);

    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var copy = content.ToArray();
        return AskAsync("Write", path, () => Done(() => _bucket.WriteBytes(path, copy)), cancellationToken);
    }

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
        AskAsync("Exists", path, () => _bucket.Exists(path), cancellationToken);

    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) =>
        AskAsync("Remove", path, () => Done(() => _bucket.Remove(path)), cancellationToken);

    public Task RemoveAsync(string path, string ifMatch, CancellationToken cancellationToken = default) =>
        AskAsync("Remove", path, () => Done(() => _bucket.Remove(path, ifMatch)), cancellationToken);

    public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default)
    {
        if (!check.SendsAhead || path.EndsWith("/run.json", StringComparison.Ordinal)
            || !path.StartsWith("outputs/", StringComparison.Ordinal))
            return AskAsync("Stat", path, () => _bucket.Stat(path), cancellationToken);
        // Beside the requests of the fence, so that it has no turn of its own.
        try { return Task.FromResult(_bucket.Stat(path, cancellationToken)); }
        catch (StorageException e) { return Task.FromException<FileEntry>(e); }
    }

    /// <summary>Beginning it changes nothing that anybody sees.</summary>
    public Task<StorageWriteStream> OpenWriteAsync(
        string path, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var begun = new SteppedUpload(path, check.Uploads, actor, (upload, token) => actor.AskAsync(
            new Step<FileEntry>("Complete", path, () => Complete(upload, options))
            {
                IsConditional = true, IsGone = () => upload.IsGone
            }, token));
        return Task.FromResult<StorageWriteStream>(begun.Begin());
    }

    private FileEntry Complete(SteppedUpload upload, WriteOptions? options)
    {
        if (upload.IsGone) throw new StorageException(StorageErrorKind.NotFound, "Complete", upload.Path);
        var stored = _bucket.Write(upload.Path, upload.Content, options);
        upload.End();
        return stored;
    }

    public async IAsyncEnumerable<string> GlobAsync(
        string path,
        string pattern,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var found in await AskAsync<string[]>("List", path, () => [.. _bucket.Glob(path, pattern)], cancellationToken))
            yield return found;
    }

    public Task<FileEntry> WriteAsync(
        string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var buffer = new MemoryStream();
        content.CopyTo(buffer);
        var copy = buffer.ToArray();
        var operation = content is HashedContent ? "Upload" : "Write"; // results travel from their open files
        return AskAsync(operation, path, () => _bucket.Write(path, new MemoryStream(copy), options), cancellationToken,
            options is { IfAbsent: true } or { IfMatch: not null });
    }

    public Task<FileEntry> UploadAsync(
        string localPath, string path, WriteOptions? options = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        AskAsync("Write", path, () => _bucket.Upload(localPath, path, options), cancellationToken, // of a plan alone
            options is { IfAbsent: true } or { IfMatch: not null });

    public async IAsyncEnumerable<FileEntry> ListAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var found in await AskAsync<FileEntry[]>("List", path, () => [.. _bucket.List(path)], cancellationToken))
            yield return found;
    }

    public async IAsyncEnumerable<FileEntry> ListFolderAsync(
        string path, ListOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var found in await AskAsync<FileEntry[]>(
            "List", path, () => [.. _bucket.ListFolder(path, options)], cancellationToken))
        {
            yield return found;
        }
    }

    public Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        AskAsync("Download", path, () => Fetch(path, localPath), cancellationToken);

    // Without the care for the disk that a real download takes, which is most of the time of a schedule.
    private FileEntry Fetch(string path, string localPath)
    {
        var entry = _bucket.Stat(path);
        File.WriteAllBytes(localPath, _bucket.ReadBytes(path));
        return entry;
    }

    private Task<T> AskAsync<T>(
        string operation, string path, Func<T> request, CancellationToken cancellationToken, bool isConditional = false) =>
        actor.AskAsync(new Step<T>(operation, path, request) { IsConditional = isConditional }, cancellationToken);

    private static bool Done(Action action)
    {
        action();
        return true;
    }
}
