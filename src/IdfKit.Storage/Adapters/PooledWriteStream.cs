namespace IdfKit.Storage.Adapters;

#pragma warning disable RS0030 // Behind AsAsync, where blocking work may move to the pool.

/// <summary>A blocking write stream used from async code: each call runs on a thread of the pool.</summary>
internal sealed class PooledWriteStream(StorageWriteStream inner) : StorageWriteStream
{
    protected override void Append(ReadOnlySpan<byte> content) => inner.Write(content);

    protected override ValueTask AppendAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        new(Task.Run(() => inner.Write(content.Span), cancellationToken));

    protected override FileEntry Commit(CancellationToken cancellationToken) => inner.Complete(cancellationToken);

    protected override Task<FileEntry> CommitAsync(CancellationToken cancellationToken) =>
        Task.Run(() => inner.Complete(cancellationToken), cancellationToken);

    protected override void Discard() => inner.Dispose();

    protected override ValueTask DiscardAsync() => new(Task.Run(inner.Dispose));
}
