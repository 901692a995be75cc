using System.Text;

namespace IdfKit.Storage.Contract;

/// <summary>Lets the contract call a blocking file system, on the test's own thread, by the asynchronous names.</summary>
internal sealed class SyncDriver(IFileSystem inner) : IAsyncFileSystem
{
    public StorageCapabilities Capabilities => inner.Capabilities;

    public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
        Done(() => inner.ReadBytes(path, cancellationToken));

    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        Done(() => inner.WriteBytes(path, content, cancellationToken));

    public Task<string> ReadTextAsync(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        Done(() => inner.ReadText(path, encoding, cancellationToken));

    public Task WriteTextAsync(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        Done(() => inner.WriteText(path, text, encoding, cancellationToken));

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
        Done(() => inner.Exists(path, cancellationToken));

    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        Done(() => inner.MakeDirectories(path, existOk, cancellationToken));

    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        Done(() => inner.Copy(source, destination, cancellationToken));

    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
        inner.Glob(path, pattern, cancellationToken).ToAsyncEnumerable();

    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) =>
        Done(() => inner.Remove(path, cancellationToken));

    public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) =>
        Done(() => inner.Stat(path, cancellationToken));

    public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default) =>
        inner.List(path, cancellationToken).ToAsyncEnumerable();

    public Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default) =>
        Done(() => inner.OpenRead(path, cancellationToken));

    public Task<int> ReadRangeAsync(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        Done(() => inner.ReadRange(path, offset, destination, cancellationToken));

    public Task<FileEntry> WriteAsync(
        string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        Done(() => inner.Write(path, content, options, cancellationToken));

    public Task<FileEntry> UploadAsync(
        string localPath, string path, WriteOptions? options = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        Done(() => inner.Upload(localPath, path, options, progress, cancellationToken));

    public Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        Done(() => inner.Download(path, localPath, progress, cancellationToken));

    public Task RemoveAsync(string path, string ifMatch, CancellationToken cancellationToken = default) =>
        Done(() => inner.Remove(path, ifMatch, cancellationToken));

    public Task<StorageWriteStream> OpenWriteAsync(
        string path, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        Done<StorageWriteStream>(() => new SyncWriteStream(inner.OpenWrite(path, options, cancellationToken)));

    public Task MoveAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        Done(() => inner.Move(source, destination, cancellationToken));

    public Task RemoveManyAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
        Done(() => inner.RemoveMany(paths, cancellationToken));

    public Task<long> RemoveFolderAsync(string path, CancellationToken cancellationToken = default) =>
        Done(() => inner.RemoveFolder(path, cancellationToken));

    public IAsyncEnumerable<FileEntry> ListFolderAsync(
        string path, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.ListFolder(path, options, cancellationToken).ToAsyncEnumerable();

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadRangesAsync(
        string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default) =>
        Done(() => inner.ReadRanges(path, ranges, cancellationToken));

    public Task<Stream> OpenReadVersionAsync(string path, string versionId, CancellationToken cancellationToken = default) =>
        Done(() => inner.OpenReadVersion(path, versionId, cancellationToken));

    public Task<Uri> PresignGetAsync(string path, TimeSpan validFor, CancellationToken cancellationToken = default) =>
        Done(() => inner.PresignGet(path, validFor, cancellationToken));

    public Task<Uri> PresignPutAsync(
        string path, TimeSpan validFor, string? contentType = null, CancellationToken cancellationToken = default) =>
        Done(() => inner.PresignPut(path, validFor, contentType, cancellationToken));

    public ValueTask DisposeAsync()
    {
        inner.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Task<bool> Done(Action call) => Done(() => { call(); return true; });

    private static Task<T> Done<T>(Func<T> call)
    {
        try
        {
            return Task.FromResult(call());
        }
        catch (Exception error)
        {
            return Task.FromException<T>(error);
        }
    }

    /// <summary>Writes and completes by the blocking calls.</summary>
    private sealed class SyncWriteStream(StorageWriteStream stream) : StorageWriteStream
    {
        protected override void Append(ReadOnlySpan<byte> content) => stream.Write(content);

        protected override FileEntry Commit(CancellationToken cancellationToken) => stream.Complete(cancellationToken);

        protected override void Discard() => stream.Dispose();
    }
}
