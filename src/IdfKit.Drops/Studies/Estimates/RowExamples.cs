using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Studies;
using IdfKit.Studies.Tables;

namespace IdfKit.Drops.Studies.Estimates;

/// <summary>
/// Finds what earlier runs say of rows: the last run of the base itself, else rows of the study. Costs a GET for each base, and one more
/// where rows are to tell.
/// </summary>
/// <param name="folder">That of the study's results.</param>
/// <param name="runs">The runs below it.</param>
/// <param name="rows">All rows of the study.</param>
/// <param name="folderOf">Where the results of a base lie, when it is run by itself.</param>
internal sealed class RowExamples(OutputFolder folder, RunTable runs, IReadOnlyList<EstimatedRow> rows, Func<string, string?> folderOf)
{
    private readonly Dictionary<string, RowExample?> _found = new(StringComparer.Ordinal);

    public async Task<RowExample?> ForAsync(EstimatedRow row, CancellationToken cancellationToken)
    {
        if (_found.TryGetValue(row.Kind, out var known)) return known;
        var found = await OfBaseAsync(row, cancellationToken).ConfigureAwait(false)
            ?? await OfRowsAsync(row, cancellationToken).ConfigureAwait(false);
        return _found[row.Kind] = found;
    }

    private async Task<RowExample?> OfBaseAsync(EstimatedRow row, CancellationToken cancellationToken)
    {
        if (folderOf(row.Base) is not { } ofBase) return null;
        if (await RecordAsync(ofBase, cancellationToken).ConfigureAwait(false) is not { } record) return null;
        if (!RowExample.Fits(record, row)) return null;
        var seconds = record.TimingsMs.Total!.Value / 1000.0;
        return RowExample.Of(record, seconds, DropSentences.AsItsModel(seconds, ObjectKey.FromText(row.Base).Name));
    }

    /// <summary>The mean of those that have run alike, with the files of the one in the middle.</summary>
    private async Task<RowExample?> OfRowsAsync(EstimatedRow row, CancellationToken cancellationToken)
    {
        var alike = rows.Where(one => one.Kind == row.Kind).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        var ended = runs.Rows
            .Where(run => run.Status == "completed" && alike.Contains(run.Folder) && run["timings_ms_total"] is long)
            .OrderBy(run => (long)run["timings_ms_total"]!).ToList();
        if (ended.Count == 0) return null;
        var middle = folder.At($"{StudyRecordFile.RunsName}/{ended[ended.Count / 2].Folder}");
        var record = await RecordAsync(middle, cancellationToken).ConfigureAwait(false);
        if (record is null || !RowExample.Fits(record, row)) return null;
        var seconds = ended.Average(run => (long)run["timings_ms_total"]! / 1000.0);
        return RowExample.Of(record, seconds, DropSentences.AsRows(seconds, ended.Count));
    }

    /// <summary>Null: there is none, or none that can be read.</summary>
    private async Task<RunRecord?> RecordAsync(string of, CancellationToken cancellationToken)
    {
        try
        {
            var json = await folder.Files.ReadBytesOrNullAsync(
                StoragePath.Join(of, RunRecordFile.Name), cancellationToken).ConfigureAwait(false);
            return json is null ? null : RunRecordFile.FromJson(json);
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.AccessDenied or StorageErrorKind.InvalidPath) { return null; }
    }
}
