using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>The bucket as one invocation sees it: each request waits until the schedule lets it through.</summary>
internal sealed class SteppedFileSystem(IFileSystem bucket, Actor actor) : IAsyncFileSystem
{
    public StorageCapabilities Capabilities => bucket.Capabilities;

    public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
        AskAsync("Read", path, () => bucket.ReadBytes(path), cancellationToken);

    public Task<int> ReadRangeAsync(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        AskAsync("Peek", path, () => bucket.ReadRange(path, offset, destination), cancellationToken);

    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var copy = content.ToArray();
        return AskAsync("Write", path, () => Done(() => bucket.WriteBytes(path, copy)), cancellationToken);
    }

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
        AskAsync("Exists", path, () => bucket.Exists(path), cancellationToken);

    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) =>
        AskAsync("Remove", path, () => Done(() => bucket.Remove(path)), cancellationToken);

    public Task RemoveAsync(string path, string ifMatch, CancellationToken cancellationToken = default) =>
        AskAsync("Remove", path, () => Done(() => bucket.Remove(path, ifMatch)), cancellationToken);

    public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) =>
        AskAsync("Stat", path, () => bucket.Stat(path), cancellationToken);

    public async IAsyncEnumerable<string> GlobAsync(
        string path,
        string pattern,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var found in await AskAsync<string[]>("List", path, () => [.. bucket.Glob(path, pattern)], cancellationToken))
            yield return found;
    }

    public Task<FileEntry> WriteAsync(
        string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var buffer = new MemoryStream();
        content.CopyTo(buffer);
        var copy = buffer.ToArray();
        var operation = content is HashedContent ? "Upload" : "Write"; // results travel from their open files
        return AskAsync(operation, path, () => bucket.Write(path, new MemoryStream(copy), options), cancellationToken,
            options is { IfAbsent: true } or { IfMatch: not null });
    }

    public Task<FileEntry> UploadAsync(
        string localPath, string path, WriteOptions? options = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        AskAsync("Write", path, () => bucket.Upload(localPath, path, options), cancellationToken, // of a plan alone
            options is { IfAbsent: true } or { IfMatch: not null });

    public async IAsyncEnumerable<FileEntry> ListAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var found in await AskAsync<FileEntry[]>("List", path, () => [.. bucket.List(path)], cancellationToken))
            yield return found;
    }

    public async IAsyncEnumerable<FileEntry> ListFolderAsync(
        string path, ListOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var found in await AskAsync<FileEntry[]>(
            "List", path, () => [.. bucket.ListFolder(path, options)], cancellationToken))
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
        var entry = bucket.Stat(path);
        File.WriteAllBytes(localPath, bucket.ReadBytes(path));
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
