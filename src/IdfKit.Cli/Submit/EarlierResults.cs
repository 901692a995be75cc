using IdfKit.Cli.Places;
using IdfKit.Drops;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Submit;

/// <summary>The results that models have already, and whether they are older than what the models need.</summary>
/// <param name="place">Where.</param>
/// <param name="there">What is there by now of the files that are to be put.</param>
internal sealed class EarlierResults(Place place, IReadOnlyDictionary<string, FileEntry> there)
{
    /// <summary>At most one read. False for a model without results, which is to be run anyway.</summary>
    /// <param name="model">It is there with its content.</param>
    /// <param name="isNew">Whether a file that it needs comes only now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> AreOlderAsync(SubmitModel model, bool isNew, CancellationToken cancellationToken)
    {
        // Companions are put first: a model that is newer than all of them was put after them, and so was run with them.
        var newest = model.Companions.Max(companion => there.GetValueOrDefault(companion.Key)?.Modified);
        var isNewer = newest > there[model.File.Key].Modified;
        if (!isNew && !isNewer) return false;
        var folder = place.Layout.FolderOf(ObjectKey.FromText(model.File.Key));
        var json = await place.ReadAsync(StoragePath.Join(folder, RunRecordFile.Name), cancellationToken);
        if (json is null || RunRecordFile.FromJson(json) is not { } record) return false;
        if (isNewer && record.StartedAt < newest) return true;
        // What waits for just this file is run when it comes.
        return isNew && record.Missing.Count == 0;
    }
}
