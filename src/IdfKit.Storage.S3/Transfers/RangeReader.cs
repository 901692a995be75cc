using System.Buffers;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using IdfKit.Storage.S3.Answers;

namespace IdfKit.Storage.S3.Transfers;

/// <summary>Takes bytes of an object as they arrive; the bytes are the callee's only during the call.</summary>
internal delegate void TakeChunk(ReadOnlySpan<byte> chunk, long offset);

/// <summary>
/// Fetches ranges of one object. A body that breaks off is continued where it broke, of the same content only, within
/// the budget of the call. Ranged requests also go round the SDK's managed MD5, which caps whole ones near 60 MB/s;
/// hashing natively (<see cref="ContentCheck"/>) costs a tenth.
/// </summary>
internal sealed class RangeReader(S3Bucket bucket, string operation, string path, string? versionId = null)
{
    private const int Tries = 4, ChunkBytes = 256 * 1024;

    private readonly string _key = bucket.Key(path, operation);

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>, or up to the end of the object.</summary>
    /// <returns>The object, and how many bytes there were.</returns>
    public async Task<ReceivedRange> FillAsync(
        long offset, Memory<byte> destination, string? etag, CancellationToken cancellationToken)
    {
        var last = offset > long.MaxValue - destination.Length ? long.MaxValue : offset + destination.Length - 1;
        var range = await CopyAsync(
            offset, last, etag, null,
            (chunk, at) => chunk.CopyTo(destination.Span[(int)(at - offset)..]),
            cancellationToken).ConfigureAwait(false);
        if (range.Hash is { } hash && ContentCheck.IsMd5(range.Entry.ETag) && !ContentCheck.Holds(range.Entry, [hash]))
            throw Altered();
        return range;
    }

    public StorageException Altered() => S3Errors.Altered(operation, path, bucket.Name);

    /// <summary>
    /// Hands the bytes from <paramref name="start"/> to <paramref name="end"/>, both included, to
    /// <paramref name="take"/>.
    /// </summary>
    /// <param name="start">First byte.</param>
    /// <param name="end">Last byte; past the end of the object is the end.</param>
    /// <param name="etag">The content these bytes must be of, or null for any.</param>
    /// <param name="begin">Told the object before its first byte.</param>
    /// <param name="take">Told each chunk, in order.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    public Task<ReceivedRange> CopyAsync(
        long start, long end, string? etag, Action<FileEntry>? begin, TakeChunk take, CancellationToken cancellationToken) =>
        bucket.CallAsync(operation, path, async (s3, token) =>
        {
            using var state = new Progress(start, end, etag, begin, take);
            for (var tries = 1; ; tries++)
            {
                try
                {
                    await ReceiveAsync(s3, state, token).ConfigureAwait(false);
                    return new ReceivedRange(state.Entry!, state.At - start, state.PieceBytes, state.Check?.Finish());
                }
                catch (AmazonS3Exception unsatisfiable) when (unsatisfiable.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable)
                {
                    // No byte at the offset: the object is empty, or ends before. The server's answer lacks the rest of the entry.
                    var entry = await bucket.HeadAsync(operation, path, _key, token, versionId).ConfigureAwait(false);
                    if (entry.SizeBytes > state.At) throw S3Errors.Replaced(operation, path, bucket.Name);
                    state.Met(entry, null);
                    return new ReceivedRange(entry, state.At - start, null, null);
                }
                catch (AmazonS3Exception gone) when (state.Expected is not null
                    && gone.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
                {
                    throw S3Errors.Replaced(operation, path, bucket.Name);
                }
                catch (Exception broken) when (tries < Tries && state.Entry is not null && !token.IsCancellationRequested
                    && S3Errors.IsOfS3(broken) && S3Errors.Wrap(broken, operation, path, bucket.Name).IsTransient)
                {
                    s3.Call.TriesAgain();
                    await Task.Delay(TimeSpan.FromMilliseconds(50 << tries), token).ConfigureAwait(false);
                }
            }
        }, cancellationToken);

    private async Task ReceiveAsync(S3Requests s3, Progress state, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest
        {
            BucketName = bucket.Name, Key = _key, VersionId = versionId,
            ByteRange = new ByteRange(state.At, state.End), EtagToMatch = state.Expected,
        };
        using var answer = await s3.GetObjectAsync(request, cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(answer.ETag)) throw S3Errors.NotS3(operation, path, bucket.Name);
        if (answer.HttpStatusCode is not HttpStatusCode.PartialContent && state.At > 0)
            throw new StorageException(StorageErrorKind.Unknown, operation, path,
                $"{operation} of '{path}' in bucket '{bucket.Name}' failed: the server ignores ranges.");
        var entry = S3Entry.Of(path, TotalBytes(answer), answer);
        state.Met(entry, answer);
        var before = state.At;
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (state.At <= state.End)
            {
                waiting.CancelAfter(Patience.Of(bucket.Options.OperationTimeout));
                var count = await answer.ResponseStream.ReadAsync(
                    buffer.AsMemory(0, (int)Math.Min(buffer.Length, state.End + 1 - state.At)),
                    waiting.Token).ConfigureAwait(false);
                if (count == 0) throw new EndOfStreamException("The body ended before its announced length.");
                state.Deliver(buffer.AsSpan(0, count));
            }
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The body stopped coming.", late);
        }
        finally
        {
            s3.Call.Received(state.At - before);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static long TotalBytes(GetObjectResponse answer) =>
        answer.ContentRange is { } range
            && range.LastIndexOf('/') is var slash and >= 0
            && long.TryParse(range.AsSpan(slash + 1), out var total)
            ? total
            : answer.ContentLength;

    private sealed class Progress(long start, long end, string? etag, Action<FileEntry>? begin, TakeChunk take) : IDisposable
    {
        public long At { get; private set; } = start;

        public long End { get; private set; } = end;

        public string? Expected { get; private set; } = etag;

        public FileEntry? Entry { get; private set; }

        public long? PieceBytes { get; private set; }

        public ContentCheck? Check { get; private set; }

        public void Met(FileEntry entry, GetObjectResponse? answer)
        {
            End = Math.Min(End, entry.SizeBytes - 1);
            if (Entry is null)
            {
                begin?.Invoke(entry);
                if (answer is not null) PieceBytes = ContentCheck.PieceBytes(answer, entry);
                Check = ContentCheck.For(PieceBytes, At, End, entry);
            }
            (Entry, Expected) = (entry, entry.ETag);
        }

        public void Deliver(ReadOnlySpan<byte> chunk)
        {
            Check?.Add(chunk);
            take(chunk, At);
            At += chunk.Length;
        }

        public void Dispose() => Check?.Dispose();
    }
}

/// <param name="Entry">The object.</param>
/// <param name="Count">Bytes handed on.</param>
/// <param name="PieceBytes">Of how many bytes each the object's ETag holds an MD5, if any.</param>
/// <param name="Hash">Their MD5, where the object's ETag says something about it.</param>
internal sealed record ReceivedRange(FileEntry Entry, long Count, long? PieceBytes, byte[]? Hash);
