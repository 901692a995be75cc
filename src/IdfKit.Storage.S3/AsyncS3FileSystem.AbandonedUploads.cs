using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3;

public sealed partial class AsyncS3FileSystem
{
    /// <summary>
    /// Aborts the uploads by parts of a folder's files that were begun and never ended, as a killed process leaves
    /// them: no listing shows them, and they cost money. For a caller who knows that nobody else writes there. One request
    /// for a thousand, and one for each.
    /// </summary>
    /// <param name="path">The folder; empty: the root.</param>
    /// <param name="recursive">Those of all folders below it too.</param>
    /// <param name="cancellationToken">Leaves the rest.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="StorageException">AccessDenied without <c>s3:ListBucketMultipartUploads</c> or
    /// <c>s3:AbortMultipartUpload</c>.</exception>
    public async Task<int> AbortUploadsAsync(string path, bool recursive = false, CancellationToken cancellationToken = default)
    {
        const string Operation = "AbortUploads";
        StoragePath.CheckFolder(path, Operation);
        var prefix = _bucket.FolderKey(path, Operation);
        // Keys are not asked for encoded, as in other listings: Ceph RGW 16.2 encodes those of uploads and does not say
        // so. Nor by folder: moto 5 ignores it.
        var request = new ListMultipartUploadsRequest { BucketName = _bucket.Name, Prefix = prefix };
        var aborted = 0;
        ListMultipartUploadsResponse page;
        do
        {
            page = await _bucket.CallAsync(Operation, path,
                (s3, token) => s3.ListMultipartUploadsAsync(request, token),
                cancellationToken).ConfigureAwait(false);
            foreach (var upload in page.MultipartUploads ?? [])
            {
                if (!recursive && upload.Key[prefix.Length..].Contains('/', StringComparison.Ordinal)) continue;
                if (await TryAbortAsync(Operation, path, upload.Key, upload.UploadId, cancellationToken).ConfigureAwait(false)) aborted++;
            }
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (page.IsTruncated is true);
        return aborted;
    }

    private async Task<bool> TryAbortAsync(string operation, string path, string key, string uploadId, CancellationToken cancellationToken)
    {
        try
        {
            var request = new AbortMultipartUploadRequest { BucketName = _bucket.Name, Key = key, UploadId = uploadId };
            await _bucket.CallAsync(operation, path,
                (s3, token) => s3.AbortMultipartUploadAsync(request, token),
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        // ended meanwhile
        catch (StorageException gone) when (gone.InnerException is AmazonS3Exception { ErrorCode: "NoSuchUpload" }) { return false; }
    }
}
