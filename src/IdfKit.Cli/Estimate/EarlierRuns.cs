using IdfKit.Drops;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Estimate;

/// <summary>The last runs of models, in a folder of results.</summary>
internal sealed class EarlierRuns : IAsyncDisposable
{
    private const string Scheme = "s3:";

    private static readonly OutputLayout Layout = new("", "", sameBucket: false);

    private readonly IAsyncFileSystem? _files; // null: nobody named any

    private EarlierRuns(IAsyncFileSystem? files) => _files = files;

    /// <param name="place">A folder of this machine, or <c>s3://bucket/outputs</c>; null: none.</param>
    /// <exception cref="AddressException">It is no address.</exception>
    /// <exception cref="CommandException">There is no such folder.</exception>
    public static EarlierRuns At(string? place)
    {
        if (place is null) return new(null);
        if (!place.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return Directory.Exists(place)
                ? new(new AsyncLocalFileSystem(Path.GetFullPath(place)))
                : throw new CommandException(CliSentences.NoResultsFolder(place));
        try { return new(FileSystems.Open(place)); }
        catch (ArgumentException wrong) { throw new AddressException(wrong.Message); }
    }

    /// <summary>The record of a model's last run that has ended; null: there is none.</summary>
    /// <param name="model">Its path below the folder of the models, with <c>/</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public async Task<RunRecord?> OfAsync(string model, CancellationToken cancellationToken)
    {
        if (_files is null) return null;
        try
        {
            var path = $"{Layout.FolderOf(ObjectKey.FromText(model))}/{RunRecordFile.Name}";
            var record = RunRecordFile.FromJson(await _files.ReadBytesAsync(path, cancellationToken));
            return record is { Status: RunStatus.Running } ? null : record;
        }
        catch (StorageException none) when (none.Kind is StorageErrorKind.NotFound or StorageErrorKind.InvalidPath) { return null; }
    }

    public ValueTask DisposeAsync() => _files?.DisposeAsync() ?? ValueTask.CompletedTask;
}
