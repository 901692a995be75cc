using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Takes out of a segment's <c>.sql</c> what does not count in the year: days before and behind, records of the run period, what only
/// segments report; and numbers its days as the whole year does.
/// </summary>
internal sealed class SegmentDatabase
{
    private const string Gone = """
        CREATE TEMP TABLE GoneTimes AS SELECT TimeIndex FROM Time WHERE EnvironmentPeriodIndex = $period AND (IntervalType >= 4
            OR SimulationDays + $first - 1 NOT BETWEEN $keptFirst AND $keptLast);
        CREATE TEMP TABLE GoneData AS SELECT ReportDataIndex FROM ReportData WHERE TimeIndex IN (SELECT TimeIndex FROM GoneTimes)
            OR ReportDataDictionaryIndex IN (SELECT Id FROM GoneSeries);
        DELETE FROM ReportExtendedData WHERE ReportDataIndex IN (SELECT ReportDataIndex FROM GoneData);
        DELETE FROM ReportData WHERE ReportDataIndex IN (SELECT ReportDataIndex FROM GoneData);
        DELETE FROM ReportDataDictionary WHERE ReportDataDictionaryIndex IN (SELECT Id FROM GoneSeries);
        DELETE FROM Time WHERE EnvironmentPeriodIndex = $period AND TimeIndex NOT IN (SELECT TimeIndex FROM ReportData);
        UPDATE Time SET SimulationDays = SimulationDays + $first, Year = CASE WHEN Year IS NULL THEN NULL
            ELSE $year + ($firstOfYear + SimulationDays + $first > $daysOfYear) END WHERE EnvironmentPeriodIndex = $period;
        """;

    private const string Merge = """
        UPDATE Time SET EnvironmentPeriodIndex = $period WHERE EnvironmentPeriodIndex > $period;
        DELETE FROM EnvironmentPeriods WHERE EnvironmentPeriodIndex > $period;
        """;

    private const string Series = """
        SELECT ReportDataDictionaryIndex, IsMeter, coalesce(KeyValue, ''), Name, coalesce(Units, ''), ReportingFrequency
            FROM ReportDataDictionary
        """;

    private readonly PartDatabase _database;
    private readonly long _period;

    private SegmentDatabase(PartDatabase database)
    {
        _database = database;
        _period = database.Number("SELECT min(EnvironmentPeriodIndex) FROM EnvironmentPeriods WHERE EnvironmentType = 3");
    }

    /// <summary>Takes out of a copy of ours what does not count.</summary>
    /// <exception cref="PartsUnlikeException">It is broken, or none of EnergyPlus's.</exception>
    public static void Trim(
        string path, YearPlan plan, YearSegment segment, AddedOutputs added, string name,
        CancellationToken cancellationToken) =>
        Change(path, name, segments => segments.Trim(plan, segment, added), cancellationToken);

    /// <summary>Makes one environment of those of the segments, once they are in one database.</summary>
    /// <exception cref="PartsUnlikeException">It is broken.</exception>
    public static void MakeOneYear(string path, string name, CancellationToken cancellationToken) =>
        Change(path, name, segments => segments._database.Execute(Merge, ("$period", segments._period)), cancellationToken);

    private static void Change(string path, string name, Action<SegmentDatabase> change, CancellationToken cancellationToken) =>
        PartDatabase.Change(path, name, database =>
        {
            change(new(database));
            return true;
        }, cancellationToken);

    private void Trim(YearPlan plan, YearSegment segment, AddedOutputs added)
    {
        _database.Execute("BEGIN; CREATE TEMP TABLE GoneSeries (Id INTEGER)");
        foreach (var id in IdsOf(added)) _database.Execute("INSERT INTO GoneSeries VALUES ($id)", ("$id", id));
        foreach (var id in MessagesOf(added)) _database.Execute("DELETE FROM Errors WHERE ErrorIndex = $id", ("$id", id));
        _database.Execute(Gone,
            ("$period", _period), ("$first", segment.First), ("$keptFirst", segment.KeptFirst), ("$keptLast", segment.KeptLast),
            ("$year", plan.Period.YearOfEnergyPlus), ("$firstOfYear", plan.Period.Begin.DayOfYear), ("$daysOfYear", YearDate.DaysOfYear));
        _database.Execute("COMMIT");
    }

    private List<long> IdsOf(AddedOutputs added)
    {
        List<long> ids = [];
        foreach (var row in _database.Rows(Series))
        {
            if (FrequencyNames.Parse(row.GetString(5)) is not { } frequency) continue;
            var variable = new ResultVariable(
                (int)row.GetInt64(0), row.GetInt64(1) != 0 ? "" : row.GetString(2), row.GetString(3), row.GetString(4), frequency);
            if (AddedOutputs.IsOfAll(variable) || added.Has(variable)) ids.Add(row.GetInt64(0));
        }
        return ids;
    }

    private List<long> MessagesOf(AddedOutputs added)
    {
        List<long> ids = [];
        var isOurs = added.Messages();
        foreach (var row in _database.Rows("SELECT ErrorIndex, coalesce(ErrorMessage, '') FROM Errors"))
        {
            if (isOurs(row.GetString(1).TrimEnd())) ids.Add(row.GetInt64(0));
        }
        return ids;
    }
}
