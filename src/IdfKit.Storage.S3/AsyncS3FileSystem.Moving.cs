using Amazon.S3;
using Amazon.S3.Model;

using IdfKit.Storage.S3.Transfers;

namespace IdfKit.Storage.S3;

public sealed partial class AsyncS3FileSystem
{
    /// <summary>On the server: one HEAD, and one COPY or the copies of its parts beyond 5 GB. Metadata and content type go along.</summary>
    /// <inheritdoc/>
    public async Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.Copy);
        var (from, to) = (_bucket.Key(source, Operation), _bucket.Key(destination, Operation));
        var entry = await _bucket.HeadAsync(Operation, source, from, cancellationToken).ConfigureAwait(false);
        if (source == destination) return;
        await DoCopyAsync(Operation, entry, from, destination, to, onlyThisContent: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// A copy on the server and then a removal of the content that was copied: one request more than
    /// <see cref="CopyAsync"/>, two where the server is not Amazon's.
    /// A source that is written meanwhile stays, and the move is a transient Conflict.
    /// </summary>
    /// <inheritdoc/>
    public async Task MoveAsync(string source, string destination, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.Move);
        var (from, to) = (_bucket.Key(source, Operation), _bucket.Key(destination, Operation));
        var entry = await _bucket.HeadAsync(Operation, source, from, cancellationToken).ConfigureAwait(false);
        if (source == destination) return;
        try
        {
            await DoCopyAsync(Operation, entry, from, destination, to, onlyThisContent: true, cancellationToken).ConfigureAwait(false);
            await RequireUnchangedAsync(Operation, entry, from, cancellationToken).ConfigureAwait(false);
            await DeleteAsync(Operation, source, from, entry.ETag, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException replaced) when (replaced.Kind is StorageErrorKind.PreconditionFailed)
        {
            throw S3Errors.Replaced(Operation, source, _bucket.Name);
        }
    }

    // Ceph 16.2 compares neither when it copies nor when it removes.
    private async Task RequireUnchangedAsync(string operation, FileEntry source, string key, CancellationToken cancellationToken)
    {
        if (_bucket.IsAmazons) return;
        var now = await _bucket.HeadAsync(operation, source.Path, key, cancellationToken).ConfigureAwait(false);
        if (now.ETag != source.ETag) throw S3Errors.Replaced(operation, source.Path, _bucket.Name);
    }

    private async Task DoCopyAsync(
        string operation, FileEntry source, string from, string destination, string to, bool onlyThisContent,
        CancellationToken cancellationToken)
    {
        if (source.SizeBytes > CopyLimitBytes)
        {
            var write = _bucket.Options.Tagged(new WriteOptions { Metadata = source.Metadata });
            await new S3Upload(_bucket, operation, destination) { Write = write }
                .CopyAsync(from, source, cancellationToken).ConfigureAwait(false);
            return;
        }
        var request = new CopyObjectRequest
        {
            SourceBucket = _bucket.Name, SourceKey = from, DestinationBucket = _bucket.Name, DestinationKey = to
        };
        if (onlyThisContent) request.ETagToMatch = source.ETag;
        if (_bucket.Options.KmsKeyId is { } kms)
            (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) =
                (ServerSideEncryptionMethod.AWSKMS, kms);
        if (_bucket.Options.StorageClass is { } storageClass) request.StorageClass = S3StorageClass.FindValue(storageClass);
        if (S3Upload.Sent(_bucket.Options.Tags) is { } tags)
            (request.TagSet, request.TaggingDirective) = (tags, TaggingDirective.REPLACE);
        var copied = await _bucket.CallAsync(
            operation, source.Path, (s3, token) => s3.CopyObjectAsync(request, token), cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(copied.ETag)) throw S3Errors.NotS3(operation, source.Path, _bucket.Name);
    }
}
