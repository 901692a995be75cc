using Microsoft.Data.Sqlite;

using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Results.Sql;

/// <summary>
/// The lowest and highest values within each interval of a variable that is reported daily or less often. EnergyPlus 25.2 keeps them in a
/// table of their own, hours from 0 and the minute at which the step ended.
/// </summary>
internal static class SqlExtremes
{
    private const string Extremes = """
        SELECT r.TimeIndex, e.MinValue, e.MinMonth, e.MinDay, e.MinHour, e.MinMinute,
            e.MaxValue, e.MaxMonth, e.MaxDay, e.MaxHour, e.MaxMinute
        FROM ReportExtendedData e CROSS JOIN ReportData r ON r.ReportDataIndex = e.ReportDataIndex
        WHERE r.ReportDataDictionaryIndex = $variable
        """;

    /// <summary>As many as there are intervals; empty when the file has none.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="variable">Whose.</param>
    /// <param name="indices">The numbers of the times.</param>
    /// <param name="intervals">Those times.</param>
    public static IReadOnlyList<ResultExtremes> Read(
        SqliteConnection connection, ResultVariable variable, List<int> indices, IReadOnlyList<ResultTime> intervals)
    {
        if (variable.Frequency < ResultFrequency.Daily || !SqlTables.Has(connection, "ReportExtendedData")) return [];
        using var command = connection.CreateCommand();
        command.CommandText = Extremes;
        command.Parameters.AddWithValue("$variable", variable.Id);
        using var row = command.ExecuteReader();
        var places = new Dictionary<int, int>(indices.Count);
        for (var i = 0; i < indices.Count; i++) places[indices[i]] = i;
        ResultExtremes[]? extremes = null;
        while (row.Read())
        {
            if (!places.TryGetValue(row.GetInt32(0), out var place)) continue;
            extremes ??= [.. intervals.Select(ResultExtremes.None)];
            var interval = intervals[place];
            DateTime At(int column) => Moment(row, column, interval, variable.Frequency);
            extremes[place] = new(Value(row, 1), At(2), Value(row, 6), At(7));
        }
        return extremes ?? [];
    }

    private static double Value(SqliteDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    // Month and day are left over from another environment where EnergyPlus found no extreme: the interval tells what it can.
    private static DateTime Moment(SqliteDataReader row, int column, ResultTime interval, ResultFrequency frequency)
    {
        int Number(int part) => row.IsDBNull(column + part) ? 0 : row.GetInt32(column + part);
        var month = frequency > ResultFrequency.Monthly ? Number(0) : 0;
        var day = frequency > ResultFrequency.Daily ? Number(1) : 0;
        return CalendarYears.Within(interval, month, day, (Math.Clamp(Number(2), 0, 24) * 60) + Math.Clamp(Number(3), 0, 60));
    }
}
