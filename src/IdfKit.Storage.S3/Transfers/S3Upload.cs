using System.Buffers;
using Amazon.S3;
using Amazon.S3.Model;

using IdfKit.Storage.Files;
using IdfKit.Storage.Rules;
using Microsoft.Win32.SafeHandles;

namespace IdfKit.Storage.S3.Transfers;

/// <summary>One new content of one object: a single PUT, or a multipart upload that is completed or aborted.</summary>
internal sealed partial class S3Upload(S3Bucket bucket, string operation, string path)
{
    private const long LargestConditionalPut = 64L << 20; // it has the time of one part
    private const int FirstBuffer = 64 * 1024;

    private readonly string _key = bucket.Key(path, operation);
    private WriteMark _mark = WriteMark.New(0);
    private bool _isMarked;

    /// <summary>Conditions, and what is stored beside the content, the tags of the file system among it.</summary>
    public required WriteOptions Write { get; init; }

    /// <summary>Told the bytes stored so far.</summary>
    public IProgress<long>? Told { get; init; }

    /// <summary>Whether conditions count only at the end, not also at the beginning of an upload by parts.</summary>
    public bool TestsAtEnd { get; init; }

    public async Task<FileEntry> RunAsync(Stream content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var part = bucket.Options.PartSizeBytes;
        var largestPut = IsConditional ? Math.Max(part, LargestConditionalPut) : part;
        if (content.CanSeek && Math.Max(0, content.Length - content.Position) is var length && length <= largestPut)
        {
            return content is CallerContent
                ? await HeldAsync(content, (int)length, cancellationToken).ConfigureAwait(false)
                : await PutAsync(content, length, cancellationToken).ConfigureAwait(false);
        }
        if (content.CanSeek && FileOf(content) is { } file)
        {
            var (start, end) = (content.Position, content.Length);
            var entry = await InPartsAsync(new FileParts(file, start, end), end - start, cancellationToken).ConfigureAwait(false);
            content.Position = end;
            return entry;
        }
        if (content.CanSeek)
            return await InPartsAsync(
                new StreamParts(content, default), content.Length - content.Position, cancellationToken).ConfigureAwait(false);
        return await BufferedAsync(content, part, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Content that is neither of a file nor in memory may come from a bucket itself, and is held meanwhile: the SDK hashes what it sends
    /// by a hash of the thread, and where it waits for more in the middle of that, the request for it is signed on the same thread, by the
    /// same hash.
    /// </summary>
    private async Task<FileEntry> HeldAsync(Stream content, int length, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await content.ReadExactlyAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            return await PutAsync(
                new MemoryStream(buffer, 0, length, writable: false), length, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Content whose length nobody knows: one PUT where it ends within a part.</summary>
    private async Task<FileEntry> BufferedAsync(Stream content, long part, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var count = 0;
            while (true)
            {
                var read = await content.ReadAsync(buffer.AsMemory(count), cancellationToken).ConfigureAwait(false);
                count += read;
                if (read == 0)
                    return await PutAsync(
                        new MemoryStream(buffer, 0, count, writable: false), count, cancellationToken).ConfigureAwait(false);
                if (count < buffer.Length) continue;
                if (count >= part)
                    return await InPartsAsync(
                        new StreamParts(content, buffer.AsMemory(0, count)), null, cancellationToken).ConfigureAwait(false);
                var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(count * 4L, Math.Max(part, count + 1)));
                buffer.AsSpan(0, count).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Parts of a file are read by their place in it, several at a time.
    private static SafeFileHandle? FileOf(Stream content) => content switch
    {
        ContentStream local => local.File,
        FileStream file when file.GetType() == typeof(FileStream) => file.SafeFileHandle,
        _ => null,
    };

    private async Task<FileEntry> PutAsync(Stream content, long length, CancellationToken cancellationToken)
    {
        using var body = new CallerStream(content, length);
        var request = PutOf(body);
        using var outcome = new CreationOutcome();
        try
        {
            var answer = await StoreAsync(
                (s3, token) => s3.PutObjectAsync(request, token), body.Leave,
                stored => UndoAsync(stored.ETag, outcome), cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrEmpty(answer.ETag)) throw S3Errors.NotS3(operation, path, bucket.Name);
            Told?.Report(length);
            outcome.Stands();
            return Entry(length, answer.ETag, answer.VersionId);
        }
        catch (StorageException failed)
        {
            body.ThrowItsError();
            if (IsConditional && MayBeWritten(failed))
            {
                if (await StoredAsync(length, cancellationToken).ConfigureAwait(false) is { } entry)
                {
                    Told?.Report(length);
                    outcome.Stands();
                    return entry;
                }
                // Ceph answers 500 to those who lose a race, and the SDK stops trying again once too many did.
                if (failed.Kind is StorageErrorKind.Unavailable or StorageErrorKind.Throttled)
                    await RequireConditionAsync(failed, cancellationToken).ConfigureAwait(false);
            }
            if (IsTargetGone(failed)) throw S3Errors.Failed(operation, path, bucket.Name, "nothing is stored there any more");
            throw;
        }
    }

    private PutObjectRequest PutOf(CallerStream body)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket.Name,
            Key = _key,
            InputStream = body,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
            ContentType = Write.ContentType,
            IfNoneMatch = Write.IfAbsent ? "*" : null,
            IfMatch = Write.IfMatch,
            StorageClass = StorageClass,
            // Ceph keeps the encoding of the signed chunks as the object's own, and browsers cannot read that.
            UseChunkEncoding = bucket.IsAmazons && Write.ContentEncoding is null,
        };
        if (Write.ContentEncoding is { } encoding) request.Headers.ContentEncoding = encoding;
        if (bucket.Options.KmsKeyId is { } kms)
            (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) =
                (ServerSideEncryptionMethod.AWSKMS, kms);
        foreach (var (name, value) in Write.Metadata) request.Metadata[name] = S3MetadataText.Encode(value);
        if (IsConditional) _isMarked = _mark.AddTo(request.Metadata);
        if (Tags is { } tags) request.TagSet = tags;
        return request;
    }

    // What makes an object where there was none is undone when the caller has stopped waiting for it; what replaces one
    // cannot be.
    private Task<T> StoreAsync<T>(
        Func<S3Requests, CancellationToken, Task<T>> request, Func<bool> leave, Func<T, Task> undo, CancellationToken cancellationToken) =>
        Write.IfAbsent
            ? bucket.CreateAsync(operation, path, request, leave, undo, cancellationToken)
            : bucket.CallAsync(operation, path, request, cancellationToken);

    private async Task UndoAsync(string etag, CreationOutcome outcome)
    {
        if (await outcome.StandsAsync().ConfigureAwait(false)) return;
        var head = await bucket.CleanUpAsync(operation, path, (s3, token) => s3.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = bucket.Name, Key = _key }, token)).ConfigureAwait(false);
        if (WriteMark.Of(head.Metadata) != _mark) return;
        await bucket.CleanUpAsync(operation, path, (s3, token) => s3.DeleteObjectAsync(
            new DeleteObjectRequest { BucketName = bucket.Name, Key = _key, IfMatch = etag.Trim('"') }, token)).ConfigureAwait(false);
    }

    private S3StorageClass? StorageClass => bucket.Options.StorageClass is { } name ? S3StorageClass.FindValue(name) : null;

    private FileEntry Entry(long length, string etag, string? versionId) =>
        new(path, length, null, etag.Trim('"'))
        {
            VersionId = string.IsNullOrEmpty(versionId) ? null : versionId,
            ContentType = Write.ContentType,
            ContentEncoding = Write.ContentEncoding,
            Metadata = MetadataRules.Kept(Write.Metadata),
        };
}
