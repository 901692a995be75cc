using IdfKit.Engine.Results.Sql;

using Microsoft.Data.Sqlite;

namespace IdfKit.Engine.Parts;

/// <summary>
/// Joins <c>.sql</c> files in the first of them: records, times, environments and messages of the others follow under ids that go on.
/// Tables of the report stay where they are of sizing or geometry; those that sum over run periods go.
/// </summary>
internal static class JoinedDatabase
{
    private static readonly TimeSpan LongestJoin = TimeSpan.FromMinutes(2);

    // Equal cell by cell in every part (seen on three models, 25.2); the other reports sum, or tell of the whole.
    private const string StaticReports = """
        'ComponentSizingSummary', 'CoilSizingDetails', 'HVACSizingSummary', 'EnvelopeSummary', 'EquipmentSummary', 'ControlSummary',
        'HVACTopology', 'ObjectCountSummary', 'Standard62.1Summary', 'SurfaceShadowingSummary'
        """;

    private const string Reports = "SELECT count(*) FROM {0}.sqlite_master WHERE type = 'table' AND name IN ('Strings', 'TabularData')";

    private const string Summed = $"""
        FROM Strings WHERE StringIndex IN (SELECT ReportNameIndex FROM TabularData) AND Value NOT IN ({StaticReports})
        """;

    private const string Dictionary = """
        SELECT group_concat(row, char(10)) FROM (SELECT ReportDataDictionaryIndex || '|' || IsMeter || '|' || Type || '|' || IndexGroup
            || '|' || TimestepType || '|' || KeyValue || '|' || Name || '|' || ReportingFrequency || '|' || coalesce(ScheduleName, '')
            || '|' || Units AS row FROM {0}.ReportDataDictionary ORDER BY ReportDataDictionaryIndex)
        """;

    // A database of EnergyPlus has no trigger, and none of its tables is a view or computed.
    internal const string Foreign = """
        SELECT count(*) FROM {0}.sqlite_master WHERE type = 'trigger'
            OR (type = 'view' AND lower(name) IN ('environmentperiods', 'time', 'reportdata', 'reportextendeddata', 'errors', 'strings',
                'reportdatadictionary', 'tabulardata'))
            OR (type = 'table' AND (upper(sql) LIKE '%VIRTUAL%' OR upper(sql) LIKE '%GENERATED%'))
        """;

    private const string Append = """
        INSERT INTO main.EnvironmentPeriods SELECT EnvironmentPeriodIndex + $part, SimulationIndex, EnvironmentName, EnvironmentType
            FROM part.EnvironmentPeriods;
        INSERT INTO main.Time SELECT TimeIndex + $time, Year, Month, Day, Hour, Minute, Dst, Interval, IntervalType, SimulationDays,
            DayType, EnvironmentPeriodIndex + $part, WarmupFlag FROM part.Time ORDER BY TimeIndex;
        INSERT INTO main.ReportData SELECT ReportDataIndex + $data, TimeIndex + $time, ReportDataDictionaryIndex, Value
            FROM part.ReportData ORDER BY ReportDataIndex;
        INSERT INTO main.ReportExtendedData SELECT ReportExtendedDataIndex + $extended, ReportDataIndex + $data, MaxValue, MaxMonth, MaxDay,
            MaxHour, MaxStartMinute, MaxMinute, MinValue, MinMonth, MinDay, MinHour, MinStartMinute, MinMinute
            FROM part.ReportExtendedData ORDER BY ReportExtendedDataIndex;
        INSERT INTO main.Errors SELECT ErrorIndex + $errors, SimulationIndex, ErrorType, ErrorMessage, Count FROM part.Errors AS more
            WHERE NOT EXISTS (SELECT 1 FROM main.Errors AS told WHERE told.ErrorMessage = more.ErrorMessage) ORDER BY ErrorIndex;
        """;

    /// <param name="paths">The databases, copies of our own; the first becomes the whole.</param>
    /// <param name="name">What the modeller calls them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Names of the reports whose tables go.</returns>
    /// <exception cref="PartsUnlikeException">They are broken, or unlike.</exception>
    public static IReadOnlyList<string> Join(IReadOnlyList<string> paths, string name, CancellationToken cancellationToken)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = paths[0], Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        using var database = new SqliteConnection(settings.ConnectionString);
        try
        {
            database.Open();
            using var patience = new SqlPatience(database.Handle!, LongestJoin);
            using var stop = cancellationToken.Register(() => SQLitePCL.raw.sqlite3_interrupt(database.Handle));
            Execute(database, "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF");
            Refuse(Number(database, Foreign, "main") > 0, name);
            for (var part = 1; part < paths.Count; part++)
            {
                cancellationToken.ThrowIfCancellationRequested(); // an interrupt ends only what is under way
                Add(database, paths[part], part, name);
            }
            if (Number(database, Reports, "main") < 2) return []; // Output:SQLite, Simple
            var summed = Names(database, $"SELECT DISTINCT Value {Summed} ORDER BY Value");
            Execute(database, $"DELETE FROM TabularData WHERE ReportNameIndex IN (SELECT StringIndex {Summed})");
            return summed;
        }
        catch (SqliteException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException)
        {
            throw new PartsUnlikeException(WhyNot(e, name));
        }
    }

    /// <summary>Why it could not be joined, as the rest of a sentence; by the codes of https://www.sqlite.org/rescode.html.</summary>
    internal static string WhyNot(Exception error, string name) => error switch
    {
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR } => EngineSentences.NoRoomToJoin,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_INTERRUPT } => EngineSentences.NoTimeToJoin,
        _ => EngineSentences.Unreadable(name),
    };

    private static void Add(SqliteConnection database, string path, int part, string name)
    {
        Execute(database, "ATTACH DATABASE $path AS part", ("$path", path));
        Refuse(Number(database, Foreign, "part") > 0, name);
        Refuse(Text(database, Dictionary, "main") != Text(database, Dictionary, "part"), name);
        Execute(database, "BEGIN");
        Execute(database, Append,
            ("$part", part),
            ("$time", Last(database, "TimeIndex", "Time")),
            ("$data", Last(database, "ReportDataIndex", "ReportData")),
            ("$extended", Last(database, "ReportExtendedDataIndex", "ReportExtendedData")),
            ("$errors", Last(database, "ErrorIndex", "Errors")));
        Execute(database, "COMMIT");
        Execute(database, "DETACH DATABASE part");
    }

    private static void Refuse(bool isUnlike, string name)
    {
        if (isUnlike) throw new PartsUnlikeException(EngineSentences.Unlike(name));
    }

    private static long Last(SqliteConnection database, string column, string table) =>
        Number(database, $"SELECT coalesce(max({column}), 0) FROM {{0}}.{table}", "main");

    private static long Number(SqliteConnection database, string query, string of) => (long)(Scalar(database, query, of) ?? 0L);

    private static string? Text(SqliteConnection database, string query, string of) => Scalar(database, query, of) as string;

    private static object? Scalar(SqliteConnection database, string query, string of)
    {
        using var command = database.CreateCommand();
        command.CommandText = query.Replace("{0}", of, StringComparison.Ordinal);
        return command.ExecuteScalar();
    }

    private static List<string> Names(SqliteConnection database, string query)
    {
        using var command = database.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        List<string> names = [];
        while (reader.Read()) names.Add(reader.GetString(0));
        return names;
    }

    private static void Execute(SqliteConnection database, string query, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = database.CreateCommand();
        command.CommandText = query;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }
}
