using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

using IdfKit.Drops.Objects;
using IdfKit.Runs;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops.Notes;

/// <summary>
/// Models that were rejected because a file was missing, found when that file arrives: a folder is often uploaded in any order.
/// For each missing file a small note <c>.waiting/FILE/MODEL</c> lies under the output prefix, both named by their hashes, until
/// the model has run. A note only points; whether the model still waits is said by its record.
/// </summary>
internal sealed class WaitingModels(IAsyncFileSystem output, OutputLayout layout)
{
    private const int Concurrency = 8;

    /// <summary>Leaves a note for everything that a run is about to be rejected for. To be called before that is committed.</summary>
    public Task AddAsync(RunRecord rejected, CancellationToken cancellationToken) =>
        AddAsync(rejected.Input, rejected.Missing, cancellationToken);

    /// <summary>The same for a study that is about to wait.</summary>
    public async Task AddAsync(RunInput waits, IReadOnlyList<string> forFiles, CancellationToken cancellationToken)
    {
        foreach (var missing in forFiles)
        {
            await output.WriteTextAsync(Note(missing, waits), waits.Key, encoding: null, cancellationToken).ConfigureAwait(false);
            if (OutputLayout.IsModelOrBundle(ObjectKey.FromText(missing)))
                await output.WriteTextAsync(
                    Sign(missing, waits.Bucket), waits.Key, encoding: null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the notes of an earlier record that no longer hold, but for those of one companion.</summary>
    public async Task RemoveAsync(RunRecord? previous, RunRecord committed, ObjectKey? keptFor, CancellationToken cancellationToken)
    {
        bool IsKept(string missing) => keptFor is { } companion && LateCompanion.IsMeant(missing, companion);
        foreach (var found in previous?.Missing.Except(committed.Missing).Where(missing => !IsKept(missing)) ?? [])
            await output.RemoveIfThereAsync(Note(found, previous!.Input), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The models that wait for just this object, in the order of their keys. One listing, two for weather, and two GETs for each
    /// model.
    /// </summary>
    public async Task<IReadOnlyList<DroppedObject>> ForAsync(DroppedObject companion, CancellationToken cancellationToken)
    {
        var waiting = new ConcurrentDictionary<string, DroppedObject>(StringComparer.Ordinal);
        foreach (var missing in LateCompanion.NamesOf(companion.Key))
        {
            var notes = await output.GlobAsync(Notes(missing, companion.Bucket), "*", cancellationToken)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            await Parallel.ForEachAsync(
                notes,
                new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
                async (note, token) =>
                {
                    if (await ModelOfAsync(note, token).ConfigureAwait(false) is not { } model) return;
                    var record = FileKind.IsStudy(model) ? null : await RecordOfAsync(model, token).ConfigureAwait(false);
                    if (FileKind.IsStudy(model) || record is { Reason: RunReason.IsStudy })
                    {
                        if (await WaitingStudies.WaitsAsync(output, layout, model, token).ConfigureAwait(false))
                            waiting[model.Value] = record is null
                                ? new(companion.Bucket, model) { Companion = companion.Key }
                                : Again(record, companion.Key);
                        else await output.RemoveIfThereAsync(note, token).ConfigureAwait(false);
                        return;
                    }
                    if (record is null) return;
                    if (LateCompanion.IsWhatWasRefused(companion, record)) return; // its own event, come late or twice
                    if (LateCompanion.MayLetRun(companion.Key, record)) waiting[record.Input.Key] = Again(record, companion.Key);
                    // its run ended before it could
                    else if (record.Status != RunStatus.Running) await output.RemoveIfThereAsync(note, token).ConfigureAwait(false);
                }).ConfigureAwait(false);
        }
        return [.. waiting.Values.OrderBy(model => model.Key.Value, StoragePath.Order)];
    }

    /// <summary>The studies that wait for a model. One GET, which finds nothing for nearly every model.</summary>
    public async Task<IReadOnlyList<DroppedObject>> StudiesForAsync(DroppedObject model, CancellationToken cancellationToken)
    {
        try
        {
            var sign = await output.ReadBytesOrNullAsync(Sign(model.Key.Value, model.Bucket), cancellationToken).ConfigureAwait(false);
            return sign is null ? [] : await ForAsync(model, cancellationToken).ConfigureAwait(false);
        }
        // a role that may not list is denied what is not there
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return []; }
    }

    /// <summary>What a rejected run lacked and is there now; null when nothing is. What may not be read has not arrived.</summary>
    public static Task<ObjectKey?> ArrivedAsync(IAsyncFileSystem bucket, RunRecord rejected, CancellationToken cancellationToken) =>
        ArrivedAsync(bucket, rejected.Missing, rejected.Weather, cancellationToken);

    /// <summary>Which of the missing files is there now; null when none is.</summary>
    /// <param name="bucket">Where they would lie.</param>
    /// <param name="missingFiles">As records name them.</param>
    /// <param name="refused">The weather that was there and would not do; null: none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ObjectKey?> ArrivedAsync(
        IAsyncFileSystem bucket, IReadOnlyList<string> missingFiles, RunWeather? refused, CancellationToken cancellationToken)
    {
        var folders = new CompanionFolders(bucket);
        foreach (var missing in missingFiles)
        {
            var found = LateCompanion.WeatherFolder(missing) is { } folder
                ? await SingleWeatherAsync(bucket, folder, cancellationToken).ConfigureAwait(false)
                : await FileAsync(bucket, folders, missing, refused, cancellationToken).ConfigureAwait(false);
            if (found is not null) return ObjectKey.FromText(found);
        }
        return null;
    }

    /// <summary>Several are a choice that nobody has made, and no reason to run again.</summary>
    private static async Task<string?> SingleWeatherAsync(IAsyncFileSystem bucket, string folder, CancellationToken cancellationToken)
    {
        var found = await bucket.ListOrNullAsync(folder, LateCompanion.WeatherPattern, cancellationToken).ConfigureAwait(false);
        return found is [var only] && await bucket.IsReadableAsync(only, cancellationToken).ConfigureAwait(false) ? only : null;
    }

    /// <summary>The file, in whatever spelling; bad weather counts only with another content.</summary>
    private static async Task<string?> FileAsync(
        IAsyncFileSystem bucket, CompanionFolders folders, string missing, RunWeather? refused, CancellationToken cancellationToken)
    {
        if (refused is { ETag: { } etag } && refused.Key == missing)
            return await HasChangedAsync(bucket, missing, etag, cancellationToken).ConfigureAwait(false) ? missing : null;
        if (await bucket.IsReadableAsync(missing, cancellationToken).ConfigureAwait(false)) return missing;
        var names = await folders.InAsync(ObjectKey.FromText(missing).Folder, cancellationToken).ConfigureAwait(false);
        var alike = names.Where(name => FileNames.AreAlike(name, missing)).Take(2).ToList();
        var isOther = alike is [var only] && only != missing;
        return isOther && await bucket.IsReadableAsync(alike[0], cancellationToken).ConfigureAwait(false) ? alike[0] : null;
    }

    /// <summary>What a role may not see, no run of it can use.</summary>
    private static async Task<bool> HasChangedAsync(IAsyncFileSystem bucket, string path, string etag, CancellationToken cancellationToken)
    {
        try { return (await bucket.StatAsync(path, cancellationToken).ConfigureAwait(false)).ETag != etag; }
        catch (StorageException e) when (e.Kind is StorageErrorKind.AccessDenied or StorageErrorKind.NotFound) { return false; }
    }

    /// <summary>The same model once more: not newer than it was, but no longer without its companion.</summary>
    public static DroppedObject Again(RunRecord rejected, ObjectKey companion) =>
        new(rejected.Input.Bucket, ObjectKey.FromText(rejected.Input.Key))
        {
            VersionId = rejected.Input.VersionId,
            ETag = rejected.Input.ETag,
            SizeBytes = rejected.Input.SizeBytes,
            Sequencer = rejected.Sequencer,
            EventTime = rejected.Input.LastModified,
            Companion = companion,
        };

    private async Task<ObjectKey?> ModelOfAsync(string note, CancellationToken cancellationToken)
    {
        try { return ObjectKey.FromText(await output.ReadTextAsync(note, encoding: null, cancellationToken).ConfigureAwait(false)); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; } // it has run meanwhile
    }

    private async Task<RunRecord?> RecordOfAsync(ObjectKey model, CancellationToken cancellationToken)
    {
        try
        {
            return RunRecordFile.FromJson(await output.ReadBytesAsync(
                $"{layout.FolderOf(model)}/{RunRecordFile.Name}", cancellationToken).ConfigureAwait(false));
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; } // it has run meanwhile
    }

    private string Note(string missing, RunInput model) => $"{Notes(missing, model.Bucket)}/{Hash(model.Key)}";

    /// <summary>Among the notes for a model, one that can be asked for without a listing: models are many, and studies few.</summary>
    private string Sign(string model, string bucket) => $"{Notes(model, bucket)}/study";

    private string Notes(string missing, string bucket) =>
        $"{layout.OutputPrefix}.waiting/{Hash(bucket + "/" + LateCompanion.Fold(missing))}";

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
