using IdfKit.Engine.Results.Series;
using IdfKit.Engine.Results.Sql;

using Microsoft.Data.Sqlite;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Takes out of a segment's <c>.sql</c> what does not count in the year: days before and behind, records of the run period, what only
/// segments report; and numbers its days as the whole year does.
/// </summary>
internal sealed class SegmentDatabase : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

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

    private readonly SqliteConnection _database;
    private readonly SqlPatience _patience;
    private readonly long _period;

    private SegmentDatabase(SqliteConnection database)
    {
        _database = database;
        _patience = new(database.Handle!, Longest);
        Execute("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF");
        _period = (long)(Scalar("SELECT min(EnvironmentPeriodIndex) FROM EnvironmentPeriods WHERE EnvironmentType = 3") ?? 0L);
    }

    /// <summary>Takes out of a copy of ours what does not count.</summary>
    /// <exception cref="PartsUnlikeException">It is broken, or none of EnergyPlus's.</exception>
    public static void Trim(
        string path, YearPlan plan, YearSegment segment, AddedOutputs added, string name,
        CancellationToken cancellationToken) =>
        Do(path, name, database => database.Trim(plan, segment, added), cancellationToken);

    /// <summary>Makes one environment of those of the segments, once they are in one database.</summary>
    /// <exception cref="PartsUnlikeException">It is broken.</exception>
    public static void MakeOneYear(string path, string name, CancellationToken cancellationToken) => Do(path, name, database =>
    {
        database.Execute(Merge, ("$period", database._period));
        database.Execute("VACUUM"); // without the days that have gone
    }, cancellationToken);

    public void Dispose()
    {
        _patience.Dispose();
        _database.Dispose();
    }

    private static void Do(string path, string name, Action<SegmentDatabase> act, CancellationToken cancellationToken)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            using var database = new SegmentDatabase(connection);
            using var stop = cancellationToken.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle));
            cancellationToken.ThrowIfCancellationRequested(); // an interrupt ends only what is under way
            var foreign = (long)database.Scalar(JoinedDatabase.Foreign.Replace("{0}", "main", StringComparison.Ordinal))!;
            if (foreign > 0) throw new PartsUnlikeException(EngineSentences.Unlike(name));
            act(database);
        }
        catch (SqliteException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException)
        {
            throw new PartsUnlikeException(JoinedDatabase.WhyNot(e, name));
        }
        finally { connection.Dispose(); }
    }

    private void Trim(YearPlan plan, YearSegment segment, AddedOutputs added)
    {
        Execute("BEGIN; CREATE TEMP TABLE GoneSeries (Id INTEGER)");
        foreach (var id in IdsOf(added)) Execute("INSERT INTO GoneSeries VALUES ($id)", ("$id", id));
        foreach (var id in MessagesOf(added)) Execute("DELETE FROM Errors WHERE ErrorIndex = $id", ("$id", id));
        Execute(Gone,
            ("$period", _period), ("$first", segment.First), ("$keptFirst", segment.KeptFirst), ("$keptLast", segment.KeptLast),
            ("$year", plan.Period.YearOfEnergyPlus), ("$firstOfYear", plan.Period.Begin.DayOfYear), ("$daysOfYear", YearDate.DaysOfYear));
        Execute("COMMIT");
    }

    private List<long> IdsOf(AddedOutputs added)
    {
        List<long> ids = [];
        using var command = _database.CreateCommand();
        command.CommandText = Series;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            if (FrequencyNames.Parse(row.GetString(5)) is not { } frequency) continue;
            var variable = new ResultVariable(
                (int)row.GetInt64(0), row.GetInt64(1) != 0 ? "" : row.GetString(2), row.GetString(3), row.GetString(4), frequency);
            if (frequency is ResultFrequency.RunPeriod or ResultFrequency.Annual || added.Has(variable)) ids.Add(row.GetInt64(0));
        }
        return ids;
    }

    private List<long> MessagesOf(AddedOutputs added)
    {
        List<long> ids = [];
        var isOurs = added.Messages();
        using var command = _database.CreateCommand();
        command.CommandText = "SELECT ErrorIndex, coalesce(ErrorMessage, '') FROM Errors";
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            if (isOurs(row.GetString(1).TrimEnd())) ids.Add(row.GetInt64(0));
        }
        return ids;
    }

    private object? Scalar(string query)
    {
        using var command = _database.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar();
    }

    private void Execute(string query, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = _database.CreateCommand();
        command.CommandText = query;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }
}
