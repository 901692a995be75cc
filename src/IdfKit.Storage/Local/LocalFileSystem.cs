using System.Text;

using IdfKit.Storage.Files;
using IdfKit.Storage.Local;

namespace IdfKit.Storage;

/// <summary>
/// Files on local disk below one root. A write goes to a sibling, is synced, and takes its place by rename; conditions
/// hold between processes of one machine. ETags are made of time and size, so that changes by other programs count too.
/// </summary>
/// <param name="root">The folder all paths are relative to; made by the first write.</param>
public sealed partial class LocalFileSystem(string root = ".") : IFileSystem
{
    private readonly LocalRoot _root = new(root);

    /// <inheritdoc/>
    public StorageCapabilities Capabilities =>
        StorageCapabilities.Ranges | StorageCapabilities.ETags | StorageCapabilities.Conditions | StorageCapabilities.ConditionalRemove
        | StorageCapabilities.Directories | StorageCapabilities.Stat;

    /// <summary>The root, absolute.</summary>
    public string Root => _root.Folder;

    /// <summary>The machine and the root.</summary>
    public string Identity => $"file://{Environment.MachineName}/{Root.TrimStart('/')}";

    /// <inheritdoc/>
    public byte[] ReadBytes(string path, CancellationToken cancellationToken = default) =>
        ReadAll(path, nameof(ReadBytes), cancellationToken);

    /// <inheritdoc/>
    public string ReadText(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        StorageText.Decode(ReadAll(path, nameof(ReadText), cancellationToken), encoding);

    /// <inheritdoc/>
    public bool Exists(string path, CancellationToken cancellationToken = default)
    {
        var place = _root.Locate(path, nameof(Exists));
        cancellationToken.ThrowIfCancellationRequested();
        return Guarded(nameof(Exists), path, () => Find(place) is not null);
    }

    /// <inheritdoc/>
    public FileEntry Stat(string path, CancellationToken cancellationToken = default)
    {
        var place = _root.Locate(path, nameof(Stat));
        cancellationToken.ThrowIfCancellationRequested();
        return Guarded(nameof(Stat), path, () => Find(place)) is { } file
            ? Entry(path, file)
            : throw LocalErrors.NotFound(nameof(Stat), path);
    }

    /// <inheritdoc/>
    public Stream OpenRead(string path, CancellationToken cancellationToken = default)
    {
        var place = _root.Locate(path, nameof(OpenRead));
        cancellationToken.ThrowIfCancellationRequested();
        return Guarded(nameof(OpenRead), path, () => OpenFile(place, path, nameof(OpenRead)));
    }

    /// <inheritdoc/>
    public int ReadRange(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        var place = _root.Locate(path, nameof(ReadRange));
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        cancellationToken.ThrowIfCancellationRequested();
        return Guarded(nameof(ReadRange), path, () =>
        {
            using var file = OpenFile(place, path, nameof(ReadRange));
            if (!file.CanSeek) return StorageText.Slice(file.ReadAll(), offset, destination.Span);
            file.Position = offset;
            return file.ReadAtLeast(destination.Span, destination.Length, throwOnEndOfStream: false);
        });
    }

    /// <inheritdoc/>
    public FileEntry Download(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        Required.Text(localPath, "the local path");
        var place = _root.Locate(path, nameof(Download));
        cancellationToken.ThrowIfCancellationRequested();
        using var content = Guarded(nameof(Download), path, () => OpenFile(place, path, nameof(Download)));
        var entry = Guarded(nameof(Download), path, () => Find(place)) is { } found
            ? Entry(path, found)
            : throw LocalErrors.NotFound(nameof(Download), path);
        using var file = ReplacingFile.Beside(localPath, nameof(Download), path);
        var bytes = file.Fill(content, progress, cancellationToken);
        file.Commit();
        return entry with { SizeBytes = bytes };
    }

    private byte[] ReadAll(string path, string operation, CancellationToken cancellationToken)
    {
        var place = _root.Locate(path, operation);
        cancellationToken.ThrowIfCancellationRequested();
        return Guarded(operation, path, () =>
        {
            using var file = OpenFile(place, path, operation);
            return file.ReadAll();
        });
    }

    private static ContentStream OpenFile(string place, string path, string operation) =>
        ContentStream.Open(place, () => LocalErrors.CutOff(operation, path));

    // File.Exists turns what is forbidden into "no"; reading the attributes does not. Folders, pipes and devices are no files.
    private static FileInfo? Find(string place)
    {
        try
        {
            return File.GetAttributes(place).HasFlag(FileAttributes.Directory) || FileKinds.Of(place) == FileKind.Special
                ? null
                : new FileInfo(place) is { LinkTarget: null } file ? file
                : Behind(place);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException || error.HResult == 20)
        {
            return null;
        }
    }

    private static FileInfo? Behind(string link) =>
        File.ResolveLinkTarget(link, returnFinalTarget: true) is FileInfo { Exists: true } target ? target : null;

    private static FileEntry Entry(string path, FileInfo file) => new(path, file.Length, file.LastWriteTimeUtc, ETagOf(file));

    private static string ETagOf(FileInfo file) => $"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}";

    private static T Guarded<T>(string operation, string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (LocalErrors.IsOfDisk(error))
        {
            throw LocalErrors.Wrap(error, operation, path);
        }
    }
}
