
namespace IdfKit.Storage.Writing;

/// <summary>Keeps the content in memory until it is complete: for back ends that only take whole contents.</summary>
internal sealed class BufferedWriteStream : StorageWriteStream
{
    private readonly MemoryStream _content = new();
    private readonly Func<Stream, CancellationToken, FileEntry> _store;
    private readonly Func<Stream, CancellationToken, Task<FileEntry>> _storeAsync;

    /// <param name="store">Takes the whole content.</param>
    public BufferedWriteStream(Func<Stream, CancellationToken, FileEntry> store) =>
        (_store, _storeAsync) = (store, (content, token) => Task.FromResult(store(content, token)));

    /// <param name="store">Takes the whole content.</param>
    public BufferedWriteStream(Func<Stream, CancellationToken, Task<FileEntry>> store) =>
        (_store, _storeAsync) = ((content, token) => Blocking.Wait(() => store(content, token)), store);

    protected override void Append(ReadOnlySpan<byte> content) => _content.Write(content);

    protected override FileEntry Commit(CancellationToken cancellationToken) => _store(Rewound(), cancellationToken);

    protected override Task<FileEntry> CommitAsync(CancellationToken cancellationToken) => _storeAsync(Rewound(), cancellationToken);

    protected override void Discard() => _content.Dispose();

    private MemoryStream Rewound()
    {
        _content.Position = 0;
        return _content;
    }
}
