using System.Buffers;
using System.IO.Pipelines;

namespace IdfKit.Storage.S3.Transfers;

/// <summary>
/// What is written goes through a short pipe to an upload, which stores its parts meanwhile. Only the end of the pipe
/// lets the upload complete; whatever else happens aborts it.
/// </summary>
internal sealed class S3WriteStream : StorageWriteStream
{
    private const int MostInPipe = 1 << 20, PieceBytes = 256 * 1024;

    private readonly CancellationTokenSource _stop = new();
    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: MostInPipe, resumeWriterThreshold: MostInPipe / 2, minimumSegmentSize: 64 * 1024,
        useSynchronizationContext: false));
    private readonly Task<FileEntry> _storing;

    public S3WriteStream(S3Upload upload) => _storing = StoreAsync(upload);

    protected override void Append(ReadOnlySpan<byte> content)
    {
        for (; content.Length > 0; content = content[Math.Min(PieceBytes, content.Length)..])
        {
            _pipe.Writer.Write(content[..Math.Min(PieceBytes, content.Length)]);
            Blocking.Wait(() => FlushAsync(_pipe.Writer.FlushAsync(CancellationToken.None)));
        }
    }

    protected override async ValueTask AppendAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        for (; content.Length > 0; content = content[Math.Min(PieceBytes, content.Length)..])
        {
            var piece = content[..Math.Min(PieceBytes, content.Length)];
            await FlushAsync(_pipe.Writer.WriteAsync(piece, cancellationToken)).ConfigureAwait(false);
        }
    }

    protected override FileEntry Commit(CancellationToken cancellationToken) =>
        Blocking.Wait(() => CommitAsync(cancellationToken));

    protected override async Task<FileEntry> CommitAsync(CancellationToken cancellationToken)
    {
        using var cancelling = cancellationToken.Register(_stop.Cancel);
        await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        try
        {
            return await _storing.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    protected override void Discard() => Blocking.Wait(() => DiscardAsync().AsTask());

    protected override async ValueTask DiscardAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)_storing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task<FileEntry> StoreAsync(S3Upload upload)
    {
        try
        {
            var content = _pipe.Reader.AsStream(leaveOpen: true);
            await using (content.ConfigureAwait(false))
                return await upload.RunAsync(content, _stop.Token).ConfigureAwait(false);
        }
        finally
        {
            await _pipe.Reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    // The other end closes before the end only when the upload has failed.
    private async Task FlushAsync(ValueTask<FlushResult> flushing)
    {
        var flushed = await flushing.ConfigureAwait(false);
        if (flushed.IsCompleted) await _storing.ConfigureAwait(false);
    }
}
