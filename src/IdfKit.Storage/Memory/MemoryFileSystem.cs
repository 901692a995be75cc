using System.Text;

using IdfKit.Storage.Files;
using IdfKit.Storage.Rules;

namespace IdfKit.Storage;

/// <summary>Files in memory, for tests and scratch work; gone with the object. Behaves like an object store: no empty folders.</summary>
public sealed partial class MemoryFileSystem : IFileSystem
{
    private static readonly WriteOptions Plain = new();

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Stored> _files = new(StoragePath.Order);
    private long _writes;

    /// <summary>That of this object, which no other shares.</summary>
    public string Identity { get; } = $"mem:{Guid.NewGuid():N}";

    /// <inheritdoc/>
    public StorageCapabilities Capabilities =>
        StorageCapabilities.Ranges | StorageCapabilities.ETags | StorageCapabilities.Conditions | StorageCapabilities.ConditionalRemove
        | StorageCapabilities.Metadata | StorageCapabilities.ContentType | StorageCapabilities.ContentEncoding
        | StorageCapabilities.Stat;

    /// <inheritdoc/>
    public byte[] ReadBytes(string path, CancellationToken cancellationToken = default) =>
        [.. Get(path, nameof(ReadBytes), cancellationToken).Content];

    /// <inheritdoc/>
    public void WriteBytes(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        Put(path, content.ToArray(), null, nameof(WriteBytes), cancellationToken);

    /// <inheritdoc/>
    public string ReadText(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        StorageText.Decode(Get(path, nameof(ReadText), cancellationToken).Content, encoding);

    /// <inheritdoc/>
    public void WriteText(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        Put(path, StorageText.Encode(text, encoding), null, nameof(WriteText), cancellationToken);

    /// <inheritdoc/>
    public bool Exists(string path, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(Exists));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return _files.ContainsKey(path);
    }

    /// <inheritdoc/>
    public void MakeDirectories(string path, bool existOk = false, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(MakeDirectories));
        cancellationToken.ThrowIfCancellationRequested();
        if (!existOk && List(path, cancellationToken).Any())
            throw new StorageException(StorageErrorKind.Conflict, nameof(MakeDirectories), path,
                $"MakeDirectories of '{path}' failed: the folder exists already.");
    }

    /// <inheritdoc/>
    public void Copy(string source, string destination, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(destination, nameof(Copy));
        var stored = Get(source, nameof(Copy), cancellationToken);
        if (source != destination)
            Put(destination, stored.Content, stored.Beside, nameof(Copy), cancellationToken);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Glob(string path, string pattern, CancellationToken cancellationToken = default)
    {
        StoragePath.CheckFolder(path, nameof(Glob));
        var glob = new GlobPattern(pattern);
        var skip = path.Length == 0 ? 0 : path.Length + 1;
        return List(path, cancellationToken).Select(entry => entry.Path).Where(found => glob.IsMatch(found[skip..]));
    }

    /// <inheritdoc/>
    public void Remove(string path, CancellationToken cancellationToken = default) => RemoveIf(path, null, cancellationToken);

    /// <inheritdoc/>
    public void Remove(string path, string ifMatch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ifMatch);
        StoragePath.Check(path, nameof(Remove));
        RemoveIf(path, ETag.Check(ifMatch, nameof(Remove), path).Text, cancellationToken);
    }

    /// <inheritdoc/>
    public FileEntry Stat(string path, CancellationToken cancellationToken = default) =>
        Get(path, nameof(Stat), cancellationToken).Entry(path);

    /// <summary>A snapshot of the moment of the call.</summary>
    /// <inheritdoc/>
    public IEnumerable<FileEntry> List(string path, CancellationToken cancellationToken = default)
    {
        StoragePath.CheckFolder(path, nameof(List));
        cancellationToken.ThrowIfCancellationRequested();
        var start = path.Length == 0 ? "" : path + "/";
        return Until(Snapshot(start), cancellationToken);
    }

    /// <inheritdoc/>
    public Stream OpenRead(string path, CancellationToken cancellationToken = default) =>
        new BytesStream(Get(path, nameof(OpenRead), cancellationToken).Content);

    /// <inheritdoc/>
    public int ReadRange(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(ReadRange));
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return StorageText.Slice(Get(path, nameof(ReadRange), cancellationToken).Content, offset, destination.Span);
    }

    /// <inheritdoc/>
    public FileEntry Write(string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        Take(path, content, options, null, nameof(Write), cancellationToken);

    /// <inheritdoc/>
    public FileEntry Upload(
        string localPath, string path,
        WriteOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(path, options, nameof(Upload), cancellationToken);
        using var local = LocalSource.Open(localPath, path);
        return Take(path, local, options, progress, nameof(Upload), cancellationToken);
    }

    /// <inheritdoc/>
    public FileEntry Download(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        Required.Text(localPath, "the local path");
        var stored = Get(path, nameof(Download), cancellationToken);
        using var file = ReplacingFile.Beside(localPath, nameof(Download), path);
        file.Write(stored.Content);
        progress?.Report(stored.Content.LongLength);
        file.Commit();
        return stored.Entry(path);
    }

    private FileEntry Take(
        string path, Stream content, WriteOptions? options, IProgress<long>? progress, string operation,
        CancellationToken cancellationToken)
    {
        StoragePath.Check(path, operation);
        ArgumentNullException.ThrowIfNull(content);
        Check(path, options, operation, cancellationToken);
        using var buffer = ContentBuffer.Fill(content, progress, cancellationToken);
        return Put(path, buffer.ToArray(), options, operation, cancellationToken);
    }

    private void Check(string path, WriteOptions? options, string operation, CancellationToken cancellationToken)
    {
        StoragePath.Check(path, operation);
        options?.Validate(operation, path, Capabilities);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private List<FileEntry> Snapshot(string start)
    {
        lock (_gate) return [.. _files.Where(file => file.Key.StartsWith(start, StringComparison.Ordinal))
            .Select(file => file.Value.Entry(file.Key))];
    }

    private static IEnumerable<FileEntry> Until(List<FileEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    private Stored Get(string path, string operation, CancellationToken cancellationToken)
    {
        StoragePath.Check(path, operation);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return _files.TryGetValue(path, out var stored)
            ? stored
            : throw new StorageException(StorageErrorKind.NotFound, operation, path);
    }

    private FileEntry Put(string path, byte[] content, WriteOptions? options, string operation, CancellationToken cancellationToken)
    {
        StoragePath.Check(path, operation);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var current = _files.GetValueOrDefault(path);
            if (options is { IfAbsent: true } && current is not null || options?.IfMatch is { } expected && current?.ETag != expected)
                throw new StorageException(StorageErrorKind.PreconditionFailed, operation, path);
            var beside = options ?? Plain;
            var stored = new Stored(content, $"{++_writes:x}", TimeProvider.System.GetUtcNow(),
                beside.ContentType, beside.ContentEncoding, MetadataRules.Kept(beside.Metadata));
            _files[path] = stored;
            return stored.Entry(path);
        }
    }

    private void RemoveIf(string path, string? ifMatch, CancellationToken cancellationToken)
    {
        StoragePath.Check(path, nameof(Remove));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_files.TryGetValue(path, out var current)) throw new StorageException(StorageErrorKind.NotFound, nameof(Remove), path);
            if (ifMatch is not null && current.ETag != ifMatch)
                throw new StorageException(StorageErrorKind.PreconditionFailed, nameof(Remove), path);
            _files.Remove(path);
        }
    }

    private sealed record Stored(
        byte[] Content, string ETag, DateTimeOffset Modified,
        string? ContentType, string? ContentEncoding, IReadOnlyDictionary<string, string> Metadata)
    {
        /// <summary>What a copy takes along.</summary>
        public WriteOptions Beside => new() { ContentType = ContentType, ContentEncoding = ContentEncoding, Metadata = Metadata };

        public FileEntry Entry(string path) =>
            new(path, Content.LongLength, Modified, ETag)
            {
                ContentType = ContentType, ContentEncoding = ContentEncoding, Metadata = Metadata
            };
    }
}
