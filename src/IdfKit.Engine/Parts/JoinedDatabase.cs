namespace IdfKit.Engine.Parts;

/// <summary>
/// Joins <c>.sql</c> files in the first of them: records, times, environments and messages of the others follow under ids that go on.
/// Tables of the report stay where they are of sizing or geometry; those that sum over run periods go.
/// </summary>
internal static class JoinedDatabase
{
    // Equal cell by cell in every part (seen on three models, 25.2); the other reports sum, or tell of the whole: ObjectCountSummary counts
    // the objects of a part, which has more reports and fewer run periods.
    private const string StaticReports = """
        'ComponentSizingSummary', 'CoilSizingDetails', 'HVACSizingSummary', 'EnvelopeSummary', 'EquipmentSummary', 'ControlSummary',
        'HVACTopology', 'Standard62.1Summary', 'SurfaceShadowingSummary'
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
    public static IReadOnlyList<string> Join(IReadOnlyList<string> paths, string name, CancellationToken cancellationToken) =>
        PartDatabase.Change<IReadOnlyList<string>>(paths[0], name, database =>
        {
            for (var part = 1; part < paths.Count; part++)
            {
                cancellationToken.ThrowIfCancellationRequested(); // an interrupt ends only what is under way
                Add(database, paths[part], part);
            }
            if (database.Number(Reports) < 2) return []; // Output:SQLite, Simple
            List<string> summed = [.. database.Rows($"SELECT DISTINCT Value {Summed} ORDER BY Value").Select(row => row.GetString(0))];
            database.Execute($"DELETE FROM TabularData WHERE ReportNameIndex IN (SELECT StringIndex {Summed})");
            return summed;
        }, cancellationToken);

    private static void Add(PartDatabase database, string path, int part)
    {
        const string Attached = "part";
        database.Execute($"ATTACH DATABASE $path AS {Attached}", ("$path", path));
        database.RefuseForeign(Attached);
        database.Refuse(database.Text(Dictionary) != database.Text(Dictionary, Attached));
        database.Execute("BEGIN");
        database.Execute(Append,
            ("$part", part),
            ("$time", Last(database, "TimeIndex", "Time")),
            ("$data", Last(database, "ReportDataIndex", "ReportData")),
            ("$extended", Last(database, "ReportExtendedDataIndex", "ReportExtendedData")),
            ("$errors", Last(database, "ErrorIndex", "Errors")));
        database.Execute("COMMIT");
        database.Execute($"DETACH DATABASE {Attached}");
    }

    private static long Last(PartDatabase database, string column, string table) =>
        database.Number($"SELECT coalesce(max({column}), 0) FROM main.{table}");
}
