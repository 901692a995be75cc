using System.Text;

namespace IdfKit.Storage;

/// <summary>
/// <see cref="LocalFileSystem"/> for async code: disks have no asynchronous calls worth the name, so each call runs on
/// a thread of the pool.
/// </summary>
/// <param name="root">The folder all paths are relative to; made by the first write.</param>
public sealed class AsyncLocalFileSystem(string root = ".") : IAsyncFileSystem
{
    private readonly IAsyncFileSystem _disk = new LocalFileSystem(root).AsAsync();

    /// <inheritdoc/>
    public StorageCapabilities Capabilities => _disk.Capabilities;

    /// <inheritdoc/>
    public string? Identity => _disk.Identity;

    /// <inheritdoc/>
    public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
        _disk.ReadBytesAsync(path, cancellationToken);

    /// <inheritdoc/>
    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        _disk.WriteBytesAsync(path, content, cancellationToken);

    /// <inheritdoc/>
    public Task<string> ReadTextAsync(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        _disk.ReadTextAsync(path, encoding, cancellationToken);

    /// <inheritdoc/>
    public Task WriteTextAsync(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        _disk.WriteTextAsync(path, text, encoding, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) => _disk.ExistsAsync(path, cancellationToken);

    /// <inheritdoc/>
    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        _disk.MakeDirectoriesAsync(path, existOk, cancellationToken);

    /// <inheritdoc/>
    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        _disk.CopyAsync(source, destination, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
        _disk.GlobAsync(path, pattern, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => _disk.RemoveAsync(path, cancellationToken);

    /// <inheritdoc/>
    public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) =>
        _disk.StatAsync(path, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default) =>
        _disk.ListAsync(path, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default) =>
        _disk.OpenReadAsync(path, cancellationToken);

    /// <inheritdoc/>
    public Task<int> ReadRangeAsync(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        _disk.ReadRangeAsync(path, offset, destination, cancellationToken);

    /// <inheritdoc/>
    public Task<FileEntry> WriteAsync(
        string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        _disk.WriteAsync(path, content, options, cancellationToken);

    /// <inheritdoc/>
    public Task<FileEntry> UploadAsync(
        string localPath, string path,
        WriteOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        _disk.UploadAsync(localPath, path, options, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        _disk.DownloadAsync(path, localPath, progress, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string path, string ifMatch, CancellationToken cancellationToken = default) =>
        _disk.RemoveAsync(path, ifMatch, cancellationToken);

    /// <inheritdoc/>
    public Task<StorageWriteStream> OpenWriteAsync(
        string path, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        _disk.OpenWriteAsync(path, options, cancellationToken);

    /// <inheritdoc/>
    public Task MoveAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        _disk.MoveAsync(source, destination, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveManyAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
        _disk.RemoveManyAsync(paths, cancellationToken);

    /// <inheritdoc/>
    public Task<long> RemoveFolderAsync(string path, CancellationToken cancellationToken = default) =>
        _disk.RemoveFolderAsync(path, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<FileEntry> ListFolderAsync(
        string path, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        _disk.ListFolderAsync(path, options, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadRangesAsync(
        string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default) =>
        _disk.ReadRangesAsync(path, ranges, cancellationToken);
}
