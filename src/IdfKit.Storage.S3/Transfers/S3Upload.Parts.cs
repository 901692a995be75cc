using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3.Transfers;

internal sealed partial class S3Upload
{
    private const int MostParts = 10_000;

    // How long a caller waits for it; it goes on by itself.
    private static readonly TimeSpan LongestAbort = TimeSpan.FromSeconds(5);

    /// <summary>Uploads by parts.</summary>
    private async Task<FileEntry> InPartsAsync(PartSource source, long? length, CancellationToken cancellationToken)
    {
        if (!TestsAtEnd) await RequireConditionAsync(cancellationToken).ConfigureAwait(false);
        var size = PartSize(length ?? 0);
        _mark = WriteMark.New(size);
        return await CompleteAsync(Write.ContentType, Tags, async (id, token) =>
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
        var tags = Tags ?? await TagsOfAsync(sourceKey, cancellationToken).ConfigureAwait(false);
        await CompleteAsync(source.ContentType, tags, async (id, token) =>
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
        using var body = new CallerStream(part, part.Length);
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
        string? contentType, List<Tag>? tags,
        Func<string, CancellationToken, Task<(List<PartETag> Parts, long Bytes)>> send,
        CancellationToken cancellationToken)
    {
        using var work = bucket.BeginWork();
        var id = await BeginAsync(contentType, tags, cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bucket.Closing);
        FileEntry? stored = null;
        try
        {
            var (parts, bytes) = await send(id, stop.Token).ConfigureAwait(false);
            await RequireConditionAsync(cancellationToken).ConfigureAwait(false);
            stored = await EndAsync(id, parts, bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bucket.ThrowIfDisposed();
            throw;
        }
        finally
        {
            if (stored is null)
                await AbortAsync(id).WaitAsync(LongestAbort, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (tags is not null && !bucket.IsAmazons) await TagAsync(stored, tags).ConfigureAwait(false);
        return stored;
    }

    private async Task<string> BeginAsync(string? contentType, List<Tag>? tags, CancellationToken cancellationToken)
    {
        var begin = new InitiateMultipartUploadRequest
        {
            BucketName = bucket.Name, Key = _key, ContentType = contentType, StorageClass = StorageClass
        };
        if (bucket.Options.KmsKeyId is { } kms)
            (begin.ServerSideEncryptionMethod, begin.ServerSideEncryptionKeyManagementServiceKeyId) =
                (ServerSideEncryptionMethod.AWSKMS, kms);
        foreach (var (name, value) in Write.Metadata) begin.Metadata[name] = S3MetadataText.Encode(value);
        _mark.AddTo(begin.Metadata);
        if (tags is not null) begin.TagSet = tags;
        var begun = await bucket.CreateAsync(
            operation, path, (s3, token) => s3.InitiateMultipartUploadAsync(begin, token), static () => true,
            late => AbortAsync(late.UploadId), cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(begun.UploadId) ? throw S3Errors.NotS3(operation, path, bucket.Name) : begun.UploadId;
    }

    private async Task<FileEntry> EndAsync(string id, List<PartETag> parts, long bytes, CancellationToken cancellationToken)
    {
        var end = new CompleteMultipartUploadRequest
        {
            BucketName = bucket.Name, Key = _key, UploadId = id,
            PartETags = parts, IfNoneMatch = Write.IfAbsent ? "*" : null, IfMatch = Write.IfMatch,
        };
        using var outcome = new CreationOutcome();
        try
        {
            var answer = await StoreAsync(
                (s3, token) => s3.CompleteMultipartUploadAsync(end, token), static () => true,
                late => UndoAsync(late.ETag ?? "", outcome), cancellationToken).ConfigureAwait(false);
            // Ceph 16.2 completes and does not name the ETag.
            var entry = string.IsNullOrEmpty(answer.ETag)
                ? await StoredAsync(bytes, cancellationToken).ConfigureAwait(false)
                : Entry(bytes, answer.ETag, answer.VersionId);
            if (entry is null) throw S3Errors.NotS3(operation, path, bucket.Name);
            outcome.Stands();
            return entry;
        }
        catch (StorageException failed) when (MayBeWritten(failed))
        {
            if (await StoredAsync(bytes, cancellationToken).ConfigureAwait(false) is not { } entry) throw;
            outcome.Stands();
            return entry;
        }
    }

    // Ceph 16.2 forgets the tags that an upload by parts was begun with.
    private async Task TagAsync(FileEntry stored, List<Tag> tags)
    {
        var request = new PutObjectTaggingRequest
        {
            BucketName = bucket.Name, Key = _key, VersionId = stored.VersionId, Tagging = new Tagging { TagSet = tags }
        };
        try
        {
            await bucket.CleanUpAsync(
                operation, path, (s3, token) => s3.PutObjectTaggingAsync(request, token)).ConfigureAwait(false);
        }
        // A server without that request has no tags beyond those that the upload was begun with.
        catch (StorageException without) when (without.InnerException is AmazonS3Exception { ErrorCode: "NotImplemented" })
        {
            return;
        }
        catch (StorageException failed)
        {
            throw S3Errors.NotTagged(operation, path, bucket.Name, failed);
        }
    }

    // A copy by parts is a new object to the server, so the tags have to be brought along; who may not read them, or where
    // there are none, copies without.
    private async Task<List<Tag>?> TagsOfAsync(string sourceKey, CancellationToken cancellationToken)
    {
        var request = new GetObjectTaggingRequest { BucketName = bucket.Name, Key = sourceKey };
        try
        {
            var answer = await bucket.CallAsync(
                operation, path, (s3, token) => s3.GetObjectTaggingAsync(request, token), cancellationToken).ConfigureAwait(false);
            return answer.Tagging is { Count: > 0 } tags ? tags : null;
        }
        catch (StorageException none) when (none.Kind is StorageErrorKind.AccessDenied or StorageErrorKind.Unknown)
        {
            return null;
        }
    }

    // Runs to its end even when the caller has cancelled: parts left behind would cost money. Its own failure must not hide the first one.
    private async Task AbortAsync(string id)
    {
        var request = new AbortMultipartUploadRequest { BucketName = bucket.Name, Key = _key, UploadId = id };
        try
        {
            await bucket.CleanUpAsync(
                operation, path, (s3, token) => s3.AbortMultipartUploadAsync(request, token)).ConfigureAwait(false);
        }
        catch (StorageException)
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
