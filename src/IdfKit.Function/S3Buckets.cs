using System.Collections.Concurrent;

using IdfKit.Drops;
using IdfKit.Storage;
using IdfKit.Storage.S3;

namespace IdfKit.Function;

/// <summary>The buckets of this account (or of the endpoint), each opened once and kept for the life of the process.</summary>
internal sealed class S3Buckets(S3FileSystemOptions options) : IBucketSource, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, AsyncS3FileSystem> _open = new(StringComparer.Ordinal);

    public IAsyncFileSystem Open(string bucket) => OpenS3(bucket);

    public Task RemoveUnfinishedAsync(string bucket, string folder, CancellationToken cancellationToken = default) =>
        OpenS3(bucket).AbortUploadsAsync(folder, cancellationToken: cancellationToken);

    private AsyncS3FileSystem OpenS3(string bucket) => _open.GetOrAdd(bucket, name => new AsyncS3FileSystem(name, options));

    public async ValueTask DisposeAsync()
    {
        foreach (var bucket in _open.Values) await bucket.DisposeAsync();
    }
}
