using IdfKit.Engine;
using IdfKit.Engine.Folders;
using IdfKit.Engine.Results;
using IdfKit.Engine.Results.Eso;
using IdfKit.Runs.Records;
using IdfKit.Runs.Staging;

namespace IdfKit.Runs.TimeSeries;

/// <summary>
/// Makes the files of series of a run out of what EnergyPlus has left, which may be anything. What cannot be made is told in a
/// sentence, and fails nothing.
/// </summary>
internal sealed class SeriesMaking
{
    private readonly Workspace _workspace;
    private readonly RunOutputs _outputs;
    private readonly EnergySummary _summary;
    private readonly SeriesAbout _about;

    /// <param name="workspace">Takes the files.</param>
    /// <param name="outputs">What EnergyPlus wrote.</param>
    /// <param name="record">The run.</param>
    /// <param name="summary">Tells the years of the run periods.</param>
    public SeriesMaking(Workspace workspace, RunOutputs outputs, RunRecord record, EnergySummary summary)
    {
        (_workspace, _outputs, _summary) = (workspace, outputs, summary);
        _about = new(record.RunId, record.Input.Key, record.Engine?.Version ?? "", IsCut: false);
    }

    /// <summary>Makes a file for each frequency that was reported.</summary>
    /// <returns>What could not be made and why, in a sentence; null when there is nothing to say.</returns>
    public async Task<string?> MakeAsync(CancellationToken cancellationToken)
    {
        using var folder = ChildFolder.TryOpen(_outputs.Directory);
        if (folder is null) return null;
        try
        {
            await MakeAsync(folder, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (EsoBoundException bound) { return RunSentences.SeriesTooLarge(bound.Message); }
        catch (ResultsException) { return RunSentences.SeriesUnreadable; }
        // A full disk, or whatever the package makes of what a run reports: the run itself has ended.
        catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
        {
            return RunSentences.SeriesNotMade(fault.Message);
        }
    }

    private async Task MakeAsync(ChildFolder folder, CancellationToken cancellationToken)
    {
        using var eso = Open(folder, "eso");
        using var mtr = Open(folder, "mtr");
        FileStream[] files = [.. new[] { eso, mtr }.OfType<FileStream>()];
        if (files.Length > 0)
        {
            await MakeAsync(new EsoSource(files, Periods(folder)), cancellationToken).ConfigureAwait(false);
            return;
        }
        using var database = Open(folder, "sql");
        if (database is null) return;
        if (database.Length > SqlSource.LargestFile)
            throw new EsoBoundException($"a database of more than {SqlSource.LargestFile / 1_000_000:N0} MB and no .eso");
        using var sql = SqlResults.TryOpenIn(folder, _outputs.Directory, Output("sql"), CancellationToken.None); // it has its 30 s
        if (sql is null) return;
        sql.Periods = Periods(folder);
        await MakeAsync(new SqlSource(sql), cancellationToken).ConfigureAwait(false);
    }

    private async Task MakeAsync(ISeriesSource source, CancellationToken cancellationToken)
    {
        var about = _about with { IsCut = source.IsCut };
        var tables = SeriesFiles.Frequencies.Select(frequency => SeriesTable.Of(source, frequency)).OfType<SeriesTable>().ToList();
        foreach (var table in tables)
        {
            await _workspace.MakeAsync(
                SeriesFiles.FileOf(table.Frequency),
                (file, token) => SeriesWriting.WriteAsync(table, source, about, file, token),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private IReadOnlyList<SummaryPeriod> Periods(ChildFolder folder) =>
        _summary is { HoursSimulated: not null } ? _summary.Periods : EioPeriods.Read(folder, Output("eio")) ?? [];

    /// <summary>An empty file is none: EnergyPlus makes it even where the model keeps it from writing to it.</summary>
    private FileStream? Open(ChildFolder folder, string extension)
    {
        var file = folder.TryReadFile(Output(extension));
        if (file is not { Length: 0 }) return file;
        file.Dispose();
        return null;
    }

    private string Output(string extension) => OutputNames.Output(_outputs.Prefix, _outputs.Suffix, extension);
}
