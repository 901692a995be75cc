using Amazon.S3.Model;

namespace IdfKit.Storage.S3;

internal sealed partial class S3Bucket
{
    // Whether the bucket is known to be there.
    private volatile bool _seen;

    /// <summary>
    /// One HEAD. An answer without a body cannot tell an absent bucket from an absent object, so the first absence asks
    /// once more.
    /// </summary>
    public async Task<FileEntry> HeadAsync(
        string operation, string path, string key, CancellationToken cancellationToken, string? versionId = null)
    {
        var head = await RawHeadAsync(operation, path, key, cancellationToken, versionId).ConfigureAwait(false);
        return S3Entry.Of(path, head);
    }

    /// <inheritdoc cref="HeadAsync"/>
    public async Task<GetObjectMetadataResponse> RawHeadAsync(
        string operation, string path, string key, CancellationToken cancellationToken, string? versionId = null)
    {
        var request = new GetObjectMetadataRequest { BucketName = Name, Key = key, VersionId = versionId };
        try
        {
            var head = await CallAsync(
                operation, path,
                (s3, token) => s3.GetObjectMetadataAsync(request, token),
                cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrEmpty(head.ETag)) throw S3Errors.NotS3(operation, path, Name);
            return head;
        }
        catch (StorageException absent) when (absent.Kind is StorageErrorKind.NotFound)
        {
            if (!_seen) await RequireBucketAsync(operation, path, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task RequireBucketAsync(string operation, string path, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(operation, path,
                (s3, token) => s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Name, MaxKeys = 1 }, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException error) when (error.Kind is StorageErrorKind.AccessDenied)
        {
            _seen = true;  // who may not list cannot be told; the object's own answer stands
        }
    }
}
