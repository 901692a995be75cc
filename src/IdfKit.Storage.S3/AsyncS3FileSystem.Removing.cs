using Amazon.S3;
using Amazon.S3.Model;
using IdfKit.Storage.Removing;
using IdfKit.Storage.S3.Removals;

namespace IdfKit.Storage.S3;

public sealed partial class AsyncS3FileSystem
{
    /// <summary>One HEAD and one DELETE: S3 alone would not say that nothing was there.</summary>
    /// <inheritdoc/>
    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => RemoveIfAsync(path, null, cancellationToken);

    /// <summary>
    /// One HEAD and one DELETE. The server compares again where it can (AWS); elsewhere a write between the two goes
    /// unnoticed.
    /// </summary>
    /// <inheritdoc/>
    public Task RemoveAsync(string path, string ifMatch, CancellationToken cancellationToken = default)
    {
        _bucket.Key(path, nameof(IFileSystem.Remove));
        return RemoveIfAsync(path, ETag.Check(ifMatch, nameof(IFileSystem.Remove), path).Text, cancellationToken);
    }

    /// <summary>One request for a thousand files.</summary>
    /// <inheritdoc/>
    public async Task RemoveManyAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.RemoveMany);
        var keys = Removal.Checked(paths, Operation).ConvertAll(path => _bucket.Key(path, Operation));
        _bucket.ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        var removal = new Removal(Operation);
        foreach (var some in keys.Chunk(BulkRemoval.MostKeys))
            await new BulkRemoval(_bucket, Operation, removal).RemoveAsync(some, cancellationToken).ConfigureAwait(false);
        removal.ThrowIfAnyFailed();
    }

    /// <summary>
    /// Two requests for a thousand files. Keys below the folder that are no paths, as markers of folders, go too, and are
    /// not counted.
    /// </summary>
    /// <inheritdoc/>
    public async Task<long> RemoveFolderAsync(string path, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.RemoveFolder);
        var prefix = _bucket.Key(path, Operation) + "/";
        var removal = new Removal(Operation);
        var removed = 0L;
        var request = new ListObjectsV2Request { Prefix = prefix };
        await foreach (var page in PagesAsync(Operation, path, request, cancellationToken).ConfigureAwait(false))
        {
            var keys = page.Keys.Where(key => !key.IsFolder).Select(key => key.Name).ToArray();
            await new BulkRemoval(_bucket, Operation, removal).RemoveAsync(keys, cancellationToken).ConfigureAwait(false);
            removed += keys.Count(key => StoragePath.IsValid(key[_bucket.Options.Prefix.Length..]));
        }
        removal.ThrowIfAnyFailed();
        return removed;
    }

    private async Task RemoveIfAsync(string path, string? ifMatch, CancellationToken cancellationToken)
    {
        const string Operation = nameof(IFileSystem.Remove);
        var key = _bucket.Key(path, Operation);
        var entry = await _bucket.HeadAsync(Operation, path, key, cancellationToken).ConfigureAwait(false);
        if (ifMatch is not null && entry.ETag != ifMatch) throw S3Errors.Failed(Operation, path, _bucket.Name, "it was written since");
        await DeleteAsync(Operation, path, key, ifMatch, cancellationToken).ConfigureAwait(false);
    }

    // Of what was there a moment ago. Where the answer is lost, the next try meets the work of the one before, and not every
    // try is seen here: .NET itself sends a request again when a connection was closed.
    private async Task DeleteAsync(string operation, string path, string key, string? ifMatch, CancellationToken cancellationToken)
    {
        var request = new DeleteObjectRequest { BucketName = _bucket.Name, Key = key, IfMatch = ifMatch };
        try
        {
            await _bucket.CallAsync(
                operation, path, (s3, token) => s3.DeleteObjectAsync(request, token), cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException failed) when (failed.Kind is not StorageErrorKind.AccessDenied)
        {
            if (!await IsGoneAsync(operation, path, key, cancellationToken).ConfigureAwait(false)) throw;
        }
    }

    private async Task<bool> IsGoneAsync(string operation, string path, string key, CancellationToken cancellationToken)
    {
        try
        {
            await _bucket.HeadAsync(operation, path, key, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (StorageException error)
        {
            return error is { Kind: StorageErrorKind.NotFound, InnerException: not AmazonS3Exception { ErrorCode: "NoSuchBucket" } };
        }
    }
}
