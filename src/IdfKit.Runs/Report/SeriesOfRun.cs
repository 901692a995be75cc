using IdfKit.Engine;
using IdfKit.Engine.Folders;
using IdfKit.Engine.Results;
using IdfKit.Engine.Results.Eso;
using IdfKit.Engine.Results.Sql;
using IdfKit.Runs.Records;

namespace IdfKit.Runs.Report;

/// <summary>
/// The series that a page is drawn from, out of the files of a run that has just ended: meters from <c>.mtr</c>, temperatures from
/// <c>.eso</c>, and both from <c>.sql</c> where the model keeps EnergyPlus from writing those. The files may be anything; one that cannot
/// be read is as good as missing.
/// </summary>
internal sealed class SeriesOfRun
{
    private const long LargestFile = 1L << 30, LargestDatabase = 64 << 20; // of the database all rows are walked

    private SeriesOfRun(PickedSeries meters, PickedSeries temperatures) => (Meters, Temperatures) = (meters, temperatures);

    /// <summary>Meters of end uses, and that of the facility's electricity.</summary>
    public PickedSeries Meters { get; }

    /// <summary>Air temperatures of zones.</summary>
    public PickedSeries Temperatures { get; }

    /// <param name="outputs">Where the files are.</param>
    /// <param name="periods">The run periods, as far as they are known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static SeriesOfRun Read(RunOutputs outputs, IReadOnlyList<SummaryPeriod> periods, CancellationToken cancellationToken)
    {
        using var folder = ChildFolder.TryOpen(outputs.Directory);
        if (folder is null) return new(PickedSeries.None, PickedSeries.None);
        bool IsRunPeriod(string title) => periods.Any(period => period.Name.Equals(title, StringComparison.OrdinalIgnoreCase));
        PickedSeries Pick(string extension, Func<ResultVariable, bool> isWanted)
        {
            using var file = folder.TryReadFile(OutputNames.Output(outputs.Prefix, outputs.Suffix, extension));
            return file is null or { Length: > LargestFile }
                ? PickedSeries.None
                : EsoPick.Read(file, isWanted, IsRunPeriod, cancellationToken);
        }
        var (meters, temperatures) = (Pick("mtr", ReportSeries.IsMeter), Pick("eso", ReportSeries.IsTemperature));
        if (meters.Period is null) meters = PickOfDatabase(folder, outputs, ReportSeries.IsMeter);
        if (temperatures.Variables.Count == 0) temperatures = PickOfDatabase(folder, outputs, ReportSeries.IsTemperature);
        return new(meters, temperatures);
    }

    private static PickedSeries PickOfDatabase(ChildFolder folder, RunOutputs outputs, Func<ResultVariable, bool> isWanted)
    {
        var name = OutputNames.Output(outputs.Prefix, outputs.Suffix, "sql");
        using (var file = folder.TryReadFile(name))
            if (file is null or { Length: > LargestDatabase }) return PickedSeries.None;
        try
        {
            using var sql = SqlResults.TryOpenIn(folder, outputs.Directory, name);
            return sql is null ? PickedSeries.None : SqlPick.Read(sql, isWanted);
        }
        catch (ResultsException) { return PickedSeries.None; } // the run was stopped while it wrote the file
    }
}
