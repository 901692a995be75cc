using IdfKit.Storage;

namespace IdfKit.Simulation.Tests.Results;

/// <summary>Counts requests and the bytes that they bring, each range as a request of its own, as S3 has it.</summary>
internal sealed class CountingFileSystem(IAsyncFileSystem inner) : IAsyncFileSystem
{
    private int _requests;
    private long _bytes;

    public int Requests => _requests;

    public long Bytes => _bytes;

    public void Clear() => (_requests, _bytes) = (0, 0);

    public async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default)
    {
        var bytes = await inner.ReadBytesAsync(path, cancellationToken);
        Count(bytes.Length);
        return bytes;
    }

    public async Task<int> ReadRangeAsync(
        string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadRangeAsync(path, offset, destination, cancellationToken);
        Count(count);
        return count;
    }

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadRangesAsync(
        string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default)
    {
        var parts = await inner.ReadRangesAsync(path, ranges, cancellationToken);
        foreach (var part in parts) Count(part.Length);
        return parts;
    }

    public async Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var entry = await inner.DownloadAsync(path, localPath, progress, cancellationToken);
        Count(entry.SizeBytes);
        return entry;
    }

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
        inner.ExistsAsync(path, cancellationToken);

    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
        inner.GlobAsync(path, pattern, cancellationToken);

    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private void Count(long bytes)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _bytes, bytes);
    }
}
