using IdfKit.Storage;

namespace RunBed;

/// <summary>
/// A file system that keeps account of contents that are written piece by piece: as of S3's uploads by parts, nobody sees anything of them
/// before their end.
/// </summary>
/// <param name="inner">What it writes to.</param>
internal sealed class BegunUploads(IAsyncFileSystem inner) : IAsyncFileSystem
{
    private readonly Lock _gate = new();
    private readonly List<string> _open = [];

    /// <summary>Paths of those that were begun and not ended.</summary>
    public IReadOnlyList<string> Open
    {
        get { lock (_gate) return [.. _open]; }
    }

    /// <summary>How many were begun.</summary>
    public int Begun { get; private set; }

    /// <summary>How many bytes they were given.</summary>
    public long Given { get; private set; }

    /// <summary>Paths of what was written as a whole.</summary>
    public List<string> Whole { get; } = [];

    /// <summary>What the next piece, or the completion, fails with; null: nothing.</summary>
    public StorageErrorKind? FailsWith { get; set; }

    /// <summary>What is awaited before a piece is taken; null: nothing.</summary>
    public Func<CancellationToken, Task>? Before { get; set; }

    public StorageCapabilities Capabilities => inner.Capabilities;

    public Task<StorageWriteStream> OpenWriteAsync(
        string path, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (_gate) _open.Add(path);
        Begun++;
        return Task.FromResult<StorageWriteStream>(new Upload(this, path, options));
    }

    public Task<FileEntry> WriteAsync(
        string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (_gate) Whole.Add(path);
        return inner.WriteAsync(path, content, options, cancellationToken);
    }

    public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
        inner.ReadBytesAsync(path, cancellationToken);

    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        inner.WriteBytesAsync(path, content, cancellationToken);

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) => inner.ExistsAsync(path, cancellationToken);

    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        inner.MakeDirectoriesAsync(path, existOk, cancellationToken);

    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        inner.CopyAsync(source, destination, cancellationToken);

    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
        inner.GlobAsync(path, pattern, cancellationToken);

    public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default) =>
        inner.ListAsync(path, cancellationToken);

    public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) =>
        inner.StatAsync(path, cancellationToken);

    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => inner.RemoveAsync(path, cancellationToken);

    private Task<FileEntry> StoreAsync(string path, Stream content, WriteOptions? options, CancellationToken cancellationToken) =>
        inner.WriteAsync(path, content, options, cancellationToken);

    private void FailIfTold(string path)
    {
        if (FailsWith is { } kind) throw new StorageException(kind, "OpenWrite", path);
    }

    private sealed class Upload(BegunUploads owner, string path, WriteOptions? options) : StorageWriteStream
    {
        private readonly MemoryStream _content = new();

        protected override async ValueTask AppendAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            if (owner.Before is { } before) await before(cancellationToken);
            Append(content.Span);
        }

        protected override void Append(ReadOnlySpan<byte> content)
        {
            owner.FailIfTold(path);
            _content.Write(content);
            owner.Given += content.Length;
        }

        protected override FileEntry Commit(CancellationToken cancellationToken) =>
            throw new NotSupportedException("Completed asynchronously.");

        protected override Task<FileEntry> CommitAsync(CancellationToken cancellationToken)
        {
            owner.FailIfTold(path);
            _content.Position = 0;
            return owner.StoreAsync(path, _content, options, cancellationToken);
        }

        protected override void Discard()
        {
            lock (owner._gate) owner._open.Remove(path);
        }
    }
}
