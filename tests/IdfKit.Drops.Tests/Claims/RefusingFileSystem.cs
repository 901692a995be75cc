using IdfKit.Storage;

namespace IdfKit.Drops.Tests.Claims;

/// <summary>A store that answers reads, and refuses writes when it is told to.</summary>
internal sealed class RefusingFileSystem(IAsyncFileSystem inner) : IAsyncFileSystem
{
    public Func<string, StorageException>? Refusal { get; set; }

    public int Refused { get; private set; }

    public StorageCapabilities Capabilities => inner.Capabilities;

    public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
        inner.ReadBytesAsync(path, cancellationToken);

    public Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        inner.DownloadAsync(path, localPath, progress, cancellationToken);

    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        inner.WriteBytesAsync(path, content, cancellationToken);

    public Task<FileEntry> WriteAsync(
        string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Refusal is null) return inner.WriteAsync(path, content, options, cancellationToken);
        Refused++;
        return Task.FromException<FileEntry>(Refusal(path));
    }

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) => inner.ExistsAsync(path, cancellationToken);

    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        inner.MakeDirectoriesAsync(path, existOk, cancellationToken);

    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        inner.CopyAsync(source, destination, cancellationToken);

    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
        inner.GlobAsync(path, pattern, cancellationToken);

    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => inner.RemoveAsync(path, cancellationToken);
}
