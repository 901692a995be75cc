using IdfKit.Cli.Places;
using IdfKit.Drops;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Estimate;

/// <summary>The last runs of models, in a folder of results.</summary>
/// <param name="place">Where the results are; null: nobody named any.</param>
internal sealed class EarlierRuns(Place? place) : IAsyncDisposable
{
    private static readonly OutputLayout Layout = new("", "", sameBucket: false);

    /// <param name="place">A place; null: none.</param>
    /// <exception cref="AddressException">It is no address.</exception>
    /// <exception cref="CommandException">There is no such folder.</exception>
    public static EarlierRuns At(string? place) => new(place is null ? null : PlaceAddress.Open(place));

    /// <summary>The record of a model's last run that has ended; null: there is none.</summary>
    /// <param name="model">Its path below the folder of the models, with <c>/</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public async Task<RunRecord?> OfAsync(string model, CancellationToken cancellationToken)
    {
        if (place is null) return null;
        try
        {
            var folder = StoragePath.Join(await place.FindRunsAsync(cancellationToken), Layout.FolderOf(ObjectKey.FromText(model)));
            var json = await place.ReadSmallAsync(StoragePath.Join(folder, RunRecordFile.Name), cancellationToken);
            var record = json is null ? null : RunRecordFile.FromJson(json);
            return record is { Status: RunStatus.Running } ? null : record;
        }
        catch (StorageException none) when (none.Kind is StorageErrorKind.InvalidPath) { return null; }
    }

    public ValueTask DisposeAsync() => place?.DisposeAsync() ?? ValueTask.CompletedTask;
}
