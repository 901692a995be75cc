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
}
