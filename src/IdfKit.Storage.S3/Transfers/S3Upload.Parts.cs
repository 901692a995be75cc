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
        return await CompleteAsync(new(Write.ContentType, Write.ContentEncoding), Tags, async (id, token) =>
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
        ContentHeaders headers, List<Tag>? tags,
        Func<string, CancellationToken, Task<(List<PartETag> Parts, long Bytes)>> send,
        CancellationToken cancellationToken)
    {
        using var work = bucket.BeginWork();
        var id = await BeginAsync(headers, tags, cancellationToken).ConfigureAwait(false);
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

    /// <summary>What is told of a content to those who read it by HTTP.</summary>
    private readonly record struct ContentHeaders(string? Type, string? Encoding);

    private async Task<string> BeginAsync(ContentHeaders headers, List<Tag>? tags, CancellationToken cancellationToken)
    {
        var begin = new InitiateMultipartUploadRequest
        {
            BucketName = bucket.Name, Key = _key, ContentType = headers.Type, StorageClass = StorageClass
        };
        if (headers.Encoding is { } encoding) begin.Headers.ContentEncoding = encoding;
        if (bucket.Options.KmsKeyId is { } kms)
            (begin.ServerSideEncryptionMethod, begin.ServerSideEncryptionKeyManagementServiceKeyId) =
                (ServerSideEncryptionMethod.AWSKMS, kms);
        foreach (var (name, value) in Write.Metadata) begin.Metadata[name] = S3MetadataText.Encode(value);
        _isMarked = _mark.AddTo(begin.Metadata);
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
                ? await CompletedAsync(bytes, cancellationToken).ConfigureAwait(false)
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

    private long PartSize(long length) => Math.Max(bucket.Options.PartSizeBytes, (length + MostParts - 1) / MostParts);
}
