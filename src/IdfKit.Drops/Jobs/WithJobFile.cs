using IdfKit.Storage;

namespace IdfKit.Drops.Jobs;

/// <summary>Files as they are, but for a job file that would be there. Only read.</summary>
internal sealed class WithJobFile(IAsyncFileSystem files, string jobFile, ReadOnlyMemory<byte> content) : IAsyncFileSystem
{
    public StorageCapabilities Capabilities => files.Capabilities;

    public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
        path == jobFile ? Task.FromResult(content.ToArray()) : files.ReadBytesAsync(path, cancellationToken);

    public Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default) =>
        path == jobFile
            ? Task.FromResult<Stream>(new MemoryStream(content.ToArray(), writable: false))
            : files.OpenReadAsync(path, cancellationToken);

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
        path == jobFile ? Task.FromResult(true) : files.ExistsAsync(path, cancellationToken);

    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
        files.GlobAsync(path, pattern, cancellationToken);

    public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) =>
        files.StatAsync(path, cancellationToken);

    public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default) =>
        files.ListAsync(path, cancellationToken);

    public IAsyncEnumerable<FileEntry> ListFolderAsync(
        string path, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        files.ListFolderAsync(path, options, cancellationToken);

    public Task<int> ReadRangeAsync(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        files.ReadRangeAsync(path, offset, destination, cancellationToken);

    public Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        files.DownloadAsync(path, localPath, progress, cancellationToken);

    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => files.DisposeAsync();
}
