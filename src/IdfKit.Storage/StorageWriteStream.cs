namespace IdfKit.Storage;

/// <summary>
/// A new content that is written piece by piece. It is stored when <see cref="CompleteAsync"/> or <see cref="Complete"/>
/// returns; a stream that is disposed without, or of which a write failed, stores nothing and leaves the old content.
/// </summary>
/// <remarks>One writer at a time. Back ends derive from it and give the six bodies; the rules are held here.</remarks>
public abstract class StorageWriteStream : Stream
{
    private State _state;

    private enum State
    {
        Open,
        Failed,
        Completed,
        Closed,
    }

    /// <inheritdoc/>
    public sealed override bool CanRead => false;

    /// <inheritdoc/>
    public sealed override bool CanSeek => false;

    /// <inheritdoc/>
    public sealed override bool CanWrite => _state == State.Open;

    /// <exception cref="NotSupportedException">Always: how long it gets is known at the end.</exception>
    public sealed override long Length => throw OnlyWrites();

    /// <exception cref="NotSupportedException">Always: it only goes forward.</exception>
    public sealed override long Position { get => throw OnlyWrites(); set => throw OnlyWrites(); }

    /// <summary>Stores what was written, once.</summary>
    /// <param name="cancellationToken">Stores nothing.</param>
    /// <returns>The new entry.</returns>
    /// <exception cref="StorageException">As <see cref="IAsyncFileSystem.WriteAsync"/>; then nothing is stored.</exception>
    /// <exception cref="InvalidOperationException">It was completed before, or a write to it failed or was cancelled.</exception>
    public async Task<FileEntry> CompleteAsync(CancellationToken cancellationToken = default)
    {
        Begin(cancellationToken);
        var entry = await CommitAsync(cancellationToken).ConfigureAwait(false);
        _state = State.Completed;
        return entry;
    }

    /// <inheritdoc cref="CompleteAsync"/>
    public FileEntry Complete(CancellationToken cancellationToken = default)
    {
        Begin(cancellationToken);
        var entry = Commit(cancellationToken);
        _state = State.Completed;
        return entry;
    }

    /// <inheritdoc/>
    public sealed override void Write(ReadOnlySpan<byte> buffer)
    {
        Begin(CancellationToken.None);
        Append(buffer);
        _state = State.Open;
    }

    /// <inheritdoc/>
    public sealed override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public sealed override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Begin(cancellationToken);
        await AppendAsync(buffer, cancellationToken).ConfigureAwait(false);
        _state = State.Open;
    }

    /// <inheritdoc/>
    public sealed override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <summary>Does nothing: what is written is stored by <see cref="CompleteAsync"/>.</summary>
    public sealed override void Flush()
    {
    }

    /// <summary>Does nothing: what is written is stored by <see cref="CompleteAsync"/>.</summary>
    public sealed override Task FlushAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    /// <exception cref="NotSupportedException">Always.</exception>
    public sealed override int Read(byte[] buffer, int offset, int count) => throw OnlyWrites();

    /// <exception cref="NotSupportedException">Always.</exception>
    public sealed override long Seek(long offset, SeekOrigin origin) => throw OnlyWrites();

    /// <exception cref="NotSupportedException">Always.</exception>
    public sealed override void SetLength(long value) => throw OnlyWrites();

    /// <summary>Throws away what was not completed.</summary>
    public sealed override async ValueTask DisposeAsync()
    {
        var wasOpen = _state != State.Closed;
        _state = State.Closed;
        if (wasOpen) await DiscardAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes more of the content.</summary>
    protected abstract void Append(ReadOnlySpan<byte> content);

    /// <summary>Takes more of the content; by default as <see cref="Append"/> does.</summary>
    protected virtual ValueTask AppendAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Append(content.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>Stores the content, whole or not at all.</summary>
    protected abstract FileEntry Commit(CancellationToken cancellationToken);

    /// <summary>Stores the content, whole or not at all; by default as <see cref="Commit"/> does.</summary>
    protected virtual Task<FileEntry> CommitAsync(CancellationToken cancellationToken) => Task.FromResult(Commit(cancellationToken));

    /// <summary>Lets go of everything, and of the content if it was not committed. Called once.</summary>
    protected abstract void Discard();

    /// <summary>As <see cref="Discard"/>, which it calls by default.</summary>
    protected virtual ValueTask DiscardAsync()
    {
        Discard();
        return ValueTask.CompletedTask;
    }

    /// <summary>Throws away what was not completed.</summary>
    protected sealed override void Dispose(bool disposing)
    {
        if (disposing && _state != State.Closed)
        {
            _state = State.Closed;
            Discard();
        }
        base.Dispose(disposing);
    }

    // Until the work that begins here has ended well it counts as failed.
    private void Begin(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_state == State.Closed, this);
        if (_state != State.Open) throw new InvalidOperationException(Ended());
        _state = State.Failed;
        cancellationToken.ThrowIfCancellationRequested();
    }

    private string Ended() => _state == State.Completed
        ? "The content is stored already; open another stream for a new one."
        : "A write to this stream failed or is under way, so it stores nothing; open another one.";

    private static NotSupportedException OnlyWrites() => new("This stream only writes.");
}
