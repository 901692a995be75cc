using Amazon.S3;

namespace IdfKit.Storage.S3.Transfers;

internal sealed partial class S3Upload
{
    private bool IsConditional => Write.IfAbsent || Write.IfMatch is not null;

    // Some servers (Ceph) ignore conditions when parts are completed, so they are also checked here, before anything is
    // sent and again at the end.
    private async Task RequireConditionAsync(CancellationToken cancellationToken)
    {
        if (IsConditional && !await HoldsAsync(cancellationToken).ConfigureAwait(false))
            throw S3Errors.Failed(operation, path, bucket.Name, "the condition did not hold");
    }

    /// <summary>
    /// After a failure: a condition that does not hold any more is the better answer. When that cannot be told, the
    /// failure stands.
    /// </summary>
    private async Task RequireConditionAsync(StorageException failed, CancellationToken cancellationToken)
    {
        try
        {
            await RequireConditionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException unknown) when (unknown.Kind is not StorageErrorKind.PreconditionFailed)
        {
            throw failed;
        }
    }

    private async Task<bool> HoldsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var current = await bucket.HeadAsync(operation, path, _key, cancellationToken).ConfigureAwait(false);
            return !Write.IfAbsent && current.ETag == Write.IfMatch;
        }
        catch (StorageException absent)
            when (absent is { Kind: StorageErrorKind.NotFound, InnerException: AmazonS3Exception { ErrorCode: not "NoSuchBucket" } })
        {
            return Write.IfAbsent;
        }
    }

    // The answer to a write may be lost after the server did it; the SDK then tries again and meets its own work, by a
    // failed condition or a finished upload.
    private static bool MayBeWritten(StorageException failed) =>
        failed.Kind is StorageErrorKind.PreconditionFailed or StorageErrorKind.Conflict or StorageErrorKind.Unavailable
            or StorageErrorKind.NotFound or StorageErrorKind.Throttled;

    /// <summary>What is stored, if the mark says that it is this upload's; null as well when the server does not tell.</summary>
    private async Task<FileEntry?> StoredAsync(long length, CancellationToken cancellationToken)
    {
        try
        {
            var head = await bucket.RawHeadAsync(operation, path, _key, cancellationToken).ConfigureAwait(false);
            return WriteMark.Of(head.Metadata) == _mark ? Entry(length, head.ETag, head.VersionId) : null;
        }
        catch (StorageException)
        {
            return null;
        }
    }

    // An If-Match over nothing is answered by 404, except that the bucket itself may be missing.
    private bool IsTargetGone(StorageException error) =>
        Write.IfMatch is not null
            && error is { Kind: StorageErrorKind.NotFound, InnerException: AmazonS3Exception { ErrorCode: not "NoSuchBucket" } };
}
