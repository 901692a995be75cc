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

    /// <inheritdoc/>
    public byte[] ReadBytes(string path, CancellationToken cancellationToken = default)
    {
        var place = _root.Locate(path, nameof(ReadBytes));
        cancellationToken.ThrowIfCancellationRequested();
        return Guarded(nameof(ReadBytes), path, () =>
        {
            using var file = OpenFile(place);
            var length = file.Length;
            if (length > Array.MaxLength) throw new IOException("the file is too long for one array; use OpenRead or Download");
            var content = GC.AllocateUninitializedArray<byte>((int)length);
            var read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return read == content.Length ? content : content[..read];
        });
    }

    /// <inheritdoc/>
    public string ReadText(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        StorageText.Decode(ReadBytes(path, cancellationToken), encoding);

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
        return Guarded(nameof(OpenRead), path, () => OpenFile(place));
    }

    /// <inheritdoc/>
    public int ReadRange(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        var place = _root.Locate(path, nameof(ReadRange));
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        cancellationToken.ThrowIfCancellationRequested();
        return Guarded(nameof(ReadRange), path, () =>
        {
            using var file = OpenFile(place);
            file.Position = offset;
            return file.ReadAtLeast(destination.Span, destination.Length, throwOnEndOfStream: false);
        });
    }

    /// <inheritdoc/>
    public FileEntry Download(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var entry = Stat(path, cancellationToken);
        using var content = OpenRead(path, cancellationToken);
        using var file = ReplacingFile.Beside(localPath, nameof(Download), path);
        file.Fill(content, progress, cancellationToken);
        file.Commit();
        return entry with { SizeBytes = content.Position };
    }

    // Opening a folder for reading fails as if it were forbidden; it is no file, so nothing is stored there.
    private static FileStream OpenFile(string place)
    {
        if (Directory.Exists(place)) throw new FileNotFoundException();
        return new FileStream(place,
            new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan });
    }

    // File.Exists turns what is forbidden into "no"; reading the attributes does not.
    private static FileInfo? Find(string place)
    {
        try
        {
            return File.GetAttributes(place).HasFlag(FileAttributes.Directory)
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

    private static FileEntry Entry(string path, FileInfo file) => new(path, file.Length, file.LastWriteTimeUtc, ETag(file));

    private static string ETag(FileInfo file) => $"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}";

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
