using IdfKit.Drops;
using IdfKit.Storage;

namespace IdfKit.Cli.Studies;

/// <summary>The zips that bases of a study came in, unpacked for as long as a command lasts.</summary>
internal sealed class OpenedBundles : IDisposable
{
    private string? _folder;
    private int _count;

    /// <summary>Unpacks one, and gives the path of its model.</summary>
    /// <param name="files">Where it lies; null: on this machine's disk.</param>
    /// <param name="path">Its path there; of this machine's disk from its root.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CommandException">It cannot be used.</exception>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public async Task<string> OpenAsync(IAsyncFileSystem? files, string path, CancellationToken cancellationToken)
    {
        _folder ??= Directory.CreateTempSubdirectory("idfkit-bundle-").FullName;
        var into = Path.Combine(_folder, $"{_count++}");
        var archive = into + ".zip";
        var from = files ?? new AsyncLocalFileSystem(Path.GetPathRoot(Path.GetFullPath("."))!);
        await from.DownloadAsync(path, archive, progress: null, cancellationToken);
        var (model, refusal) = await ModelBundle.UnpackAsync(archive, Path.GetFileName(path), into, cancellationToken);
        return model ?? throw new CommandException(refusal!);
    }

    public void Dispose()
    {
        if (_folder is not null && Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
