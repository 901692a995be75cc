using System.Text;

using IdfKit.Storage.Files;
using IdfKit.Storage.Local;

namespace IdfKit.Storage;

public sealed partial class LocalFileSystem
{
    /// <inheritdoc/>
    public void WriteBytes(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        WriteAll(path, content.Span, nameof(WriteBytes), cancellationToken);

    /// <inheritdoc/>
    public void WriteText(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        WriteAll(path, StorageText.Encode(text, encoding), nameof(WriteText), cancellationToken);

    /// <inheritdoc/>
    public FileEntry Write(string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        Write(path, content, options, null, nameof(Write), cancellationToken);

    /// <inheritdoc/>
    public FileEntry Upload(
        string localPath, string path,
        WriteOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        _root.Locate(path, nameof(Upload));
        options?.Validate(nameof(Upload), path, Capabilities);
        cancellationToken.ThrowIfCancellationRequested();
        using var local = LocalSource.Open(localPath, path);
        return Write(path, local, options, progress, nameof(Upload), cancellationToken);
    }

    /// <inheritdoc/>
    public void Copy(string source, string destination, CancellationToken cancellationToken = default)
    {
        _root.Locate(destination, nameof(Copy));
        var from = _root.Locate(source, nameof(Copy));
        cancellationToken.ThrowIfCancellationRequested();
        if (source == destination)
        {
            if (Guarded(nameof(Copy), source, () => Find(from)) is null) throw LocalErrors.NotFound(nameof(Copy), source);
            return;
        }
        using var content = Guarded(nameof(Copy), source, () => OpenFile(from, source, nameof(Copy)));
        Write(destination, content, null, null, nameof(Copy), cancellationToken);
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
    public void MakeDirectories(string path, bool existOk = false, CancellationToken cancellationToken = default)
    {
        var place = _root.Locate(path, nameof(MakeDirectories));
        cancellationToken.ThrowIfCancellationRequested();
        Guarded(nameof(MakeDirectories), path, () =>
        {
            if (!existOk && Directory.Exists(place))
                throw new StorageException(StorageErrorKind.Conflict, nameof(MakeDirectories), path,
                    $"MakeDirectories of '{path}' failed: the folder exists already.");
            try { return Directory.CreateDirectory(place); }
            catch (DirectoryNotFoundException fileBetween) { throw new IOException(fileBetween.Message, LocalErrors.Exists); }
        });
    }

    private void WriteAll(string path, ReadOnlySpan<byte> content, string operation, CancellationToken cancellationToken)
    {
        var place = _root.Locate(path, operation);
        cancellationToken.ThrowIfCancellationRequested();
        using var file = ReplacingFile.Beside(place, operation, path);
        file.Write(content);
        cancellationToken.ThrowIfCancellationRequested();
        Commit(file, place, path, operation, null);
    }

    private FileEntry Write(
        string path, Stream content, WriteOptions? options, IProgress<long>? progress, string operation,
        CancellationToken cancellationToken)
    {
        var place = _root.Locate(path, operation);
        ArgumentNullException.ThrowIfNull(content);
        options?.Validate(operation, path, Capabilities);
        cancellationToken.ThrowIfCancellationRequested();
        using var file = ReplacingFile.Beside(place, operation, path);
        file.Fill(content, progress, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return Commit(file, place, path, operation, options);
    }

    private static FileEntry Commit(ReplacingFile file, string place, string path, string operation, WriteOptions? options) =>
        Guarded(operation, path, () =>
        {
            try
            {
                file.Sync();
                using var alone = FolderLock.Acquire(Path.GetDirectoryName(place)!);
                var current = Find(place);
                if (options is { IfAbsent: true } && current is not null)
                    throw Failed(operation, path, "something is stored there already");
                if (options?.IfMatch is { } expected) Require(expected, current, operation, path);
                file.Commit(After(current));
                return Entry(path, new FileInfo(place));
            }
            catch (Exception gone) when (LocalErrors.IsGone(gone))
            {
                throw LocalErrors.Met(gone, operation, path);
            }
        });

    private void RemoveIf(string path, string? ifMatch, CancellationToken cancellationToken)
    {
        var place = _root.Locate(path, nameof(Remove));
        cancellationToken.ThrowIfCancellationRequested();
        Guarded(nameof(Remove), path, () =>
        {
            if (Find(place) is null) throw LocalErrors.NotFound(nameof(Remove), path);
            using var alone = FolderLock.Acquire(Path.GetDirectoryName(place)!);
            var current = Find(place) ?? throw LocalErrors.NotFound(nameof(Remove), path);
            if (ifMatch is not null) Require(ifMatch, current, nameof(Remove), path);
            File.Delete(place);
            return current;
        });
    }

    private static void Require(string expected, FileInfo? current, string operation, string path)
    {
        if (current is null) throw Failed(operation, path, "nothing is stored there any more");
        if (ETagOf(current) != expected) throw Failed(operation, path, "it was written since");
    }

    // ETags are made of time and size; two writes within one tick of the clock, or a clock set back, must not share one.
    private static DateTimeOffset After(FileInfo? current)
    {
        var now = TimeProvider.System.GetUtcNow();
        return current is not null && current.LastWriteTimeUtc >= now.UtcDateTime ? current.LastWriteTimeUtc.AddTicks(1) : now;
    }

    private static StorageException Failed(string operation, string path, string why) =>
        new(StorageErrorKind.PreconditionFailed, operation, path, $"{operation} of '{path}' on local disk changed nothing: {why}.");
}
