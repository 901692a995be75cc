using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3.Transfers;

internal sealed partial class S3Upload
{
    private const int MostParts = 10_000;

    /// <summary>Uploads by parts.</summary>
    private async Task<FileEntry> InPartsAsync(PartSource source, long? length, CancellationToken cancellationToken)
    {
        await RequireConditionAsync(cancellationToken).ConfigureAwait(false);
        var size = PartSize(length ?? 0);
        _mark = WriteMark.New(size);
        return await CompleteAsync(null, async (id, token) =>
        {
            var parts = new PartQueue(bucket.Options.Concurrency, Told, token);
            try
            {
                for (var number = 1; ; number++)
                {
                    // Without a known length the parts grow, so that 10,000 of them hold any object S3 takes.
                    var bytes = (int)(length is null ? Math.Min(size << ((number - 1) / 1000), 1L << 30) : size);
                    await parts.WaitForRoomAsync().ConfigureAwait(false);
                    if (await source.NextAsync(bytes, token).ConfigureAwait(false) is not { } part) break;
                    var sent = number;
                    parts.Start(part, (body, stop) => SendAsync(id, body, sent, stop));
                }
                return await parts.FinishAsync().ConfigureAwait(false);
            }
            finally
            {
                await parts.DisposeAsync().ConfigureAwait(false);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies an object inside the server by parts.</summary>
    public async Task CopyAsync(string sourceKey, FileEntry source, CancellationToken cancellationToken)
    {
        var size = PartSize(source.SizeBytes);
        _mark = WriteMark.New(size);
        var type = await bucket.CallAsync(operation, path, async (s3, token) =>
            (await s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket.Name, Key = sourceKey },
                token).ConfigureAwait(false)).Headers.ContentType, cancellationToken).ConfigureAwait(false);
        await CompleteAsync(type, async (id, token) =>
        {
            var etags = new PartETag[(int)((source.SizeBytes + size - 1) / size)];
            await Parallel.ForEachAsync(
                Enumerable.Range(0, etags.Length),
                new ParallelOptions { MaxDegreeOfParallelism = bucket.Options.Concurrency, CancellationToken = token },
                async (index, stop) =>
                {
                    var request = new CopyPartRequest
                    {
                        SourceBucket = bucket.Name, SourceKey = sourceKey, DestinationBucket = bucket.Name,
                        DestinationKey = _key, UploadId = id, PartNumber = index + 1,
                        FirstByte = index * size,
                        LastByte = Math.Min((index + 1) * size, source.SizeBytes) - 1, ETagToMatch = [source.ETag!],
                    };
                    var answer = await bucket.CallAsync(
                        operation, path, (s3, stopped) => s3.CopyPartAsync(request, stopped), stop).ConfigureAwait(false);
                    etags[index] = new PartETag(index + 1, answer.ETag);
                }).ConfigureAwait(false);
            return ([.. etags], source.SizeBytes);
        }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PartETag> SendAsync(string id, Stream part, int number, CancellationToken cancellationToken)
    {
        using var body = new CallerStream(part);
        var request = new UploadPartRequest
        {
            BucketName = bucket.Name, Key = _key, UploadId = id, PartNumber = number, PartSize = part.Length,
            InputStream = body, UseChunkEncoding = false
        };
        try
        {
            var answer = await bucket.CallAsync(
                operation, path, (s3, token) => s3.UploadPartAsync(request, token), cancellationToken).ConfigureAwait(false);
            return new PartETag(number, answer.ETag);
        }
        catch (StorageException)
        {
            body.ThrowItsError();
            throw;
        }
    }

    private async Task<FileEntry> CompleteAsync(
        string? contentType,
        Func<string, CancellationToken, Task<(List<PartETag> Parts, long Bytes)>> send,
        CancellationToken cancellationToken)
    {
        var begin = new InitiateMultipartUploadRequest
        {
            BucketName = bucket.Name, Key = _key, ContentType = Write.ContentType ?? contentType, StorageClass = StorageClass
        };
        if (bucket.Options.KmsKeyId is { } kms)
            (begin.ServerSideEncryptionMethod, begin.ServerSideEncryptionKeyManagementServiceKeyId) =
                (ServerSideEncryptionMethod.AWSKMS, kms);
        foreach (var (name, value) in Write.Metadata) begin.Metadata[name] = S3MetadataText.Encode(value);
        _mark.AddTo(begin.Metadata);
        if (Tags is { } tags) begin.TagSet = tags;
        var id = (await bucket.CallAsync(operation, path,
            (s3, token) => s3.InitiateMultipartUploadAsync(begin, token),
            cancellationToken).ConfigureAwait(false)).UploadId;
        if (string.IsNullOrEmpty(id)) throw S3Errors.NotS3(operation, path, bucket.Name);
        var completed = false;
        try
        {
            var (parts, bytes) = await send(id, cancellationToken).ConfigureAwait(false);
            await RequireConditionAsync(cancellationToken).ConfigureAwait(false);
            var end = new CompleteMultipartUploadRequest
            {
                BucketName = bucket.Name, Key = _key, UploadId = id,
                PartETags = parts, IfNoneMatch = Write.IfAbsent ? "*" : null, IfMatch = Write.IfMatch,
            };
            try
            {
                var answer = await bucket.CallAsync(operation, path,
                    (s3, token) => s3.CompleteMultipartUploadAsync(end, token),
                    cancellationToken).ConfigureAwait(false);
                // Ceph 16.2 completes and does not name the ETag.
                var entry = string.IsNullOrEmpty(answer.ETag)
                    ? await StoredAsync(bytes, cancellationToken).ConfigureAwait(false)
                    : Entry(bytes, answer.ETag, answer.VersionId);
                completed = entry is not null;
                return entry ?? throw S3Errors.NotS3(operation, path, bucket.Name);
            }
            catch (StorageException failed)
            {
                if (!MayBeWritten(failed) || await StoredAsync(bytes, cancellationToken).ConfigureAwait(false) is not { } entry) throw;
                completed = true;
                return entry;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            if (!completed) await AbortAsync(id).ConfigureAwait(false);
        }
    }

    // Runs to its end even when the caller has cancelled: parts left behind would cost money. Its own failure must not hide the first one.
    private async Task AbortAsync(string id)
    {
        try
        {
            await bucket.CallAsync(operation, path,
                (s3, token) => s3.AbortMultipartUploadAsync(
                    new AbortMultipartUploadRequest { BucketName = bucket.Name, Key = _key, UploadId = id }, token),
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StorageException or ObjectDisposedException)
        {
            return;
        }
    }

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

    private long PartSize(long length) => Math.Max(bucket.Options.PartSizeBytes, (length + MostParts - 1) / MostParts);
}
