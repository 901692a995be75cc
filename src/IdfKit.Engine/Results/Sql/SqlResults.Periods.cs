using System.Globalization;

using IdfKit.Engine.Results.Sql;

namespace IdfKit.Engine;

public sealed partial class SqlResults
{
    // Intervals up to a day (2) have a date; a period of which nothing is reported so often has no rows, and is left out.
    private const string PeriodDays = """
        SELECT substr(e.EnvironmentName, 1, 200), min(t.Year * 10000 + t.Month * 100 + t.Day), max(t.Year * 10000 + t.Month * 100 + t.Day)
        FROM EnvironmentPeriods e JOIN Time t ON t.EnvironmentPeriodIndex = e.EnvironmentPeriodIndex
        WHERE e.EnvironmentType = 3 AND t.IntervalType <= 2 AND coalesce(t.WarmupFlag, 0) = 0
        GROUP BY e.EnvironmentPeriodIndex ORDER BY e.EnvironmentPeriodIndex LIMIT 1000
        """;

    /// <summary>The periods of the weather file that were simulated; null when the file does not tell how long they were.</summary>
    internal IReadOnlyList<SummaryPeriod>? ReadPeriods() => Guard(() =>
    {
        if (Scalar("SELECT count(*) FROM EnvironmentPeriods WHERE EnvironmentType = 3") == 0) return [];
        using var command = _connection.CreateCommand();
        command.CommandText = PeriodDays;
        using var row = command.ExecuteReader();
        var periods = new List<SummaryPeriod>();
        while (row.Read())
        {
            if (row.IsDBNull(1) || Day(row.GetInt64(1)) is not { } first || Day(row.GetInt64(2)) is not { } last) return null;
            periods.Add(new(SqlText.Of(row, 0), Iso(first), Iso(last), (last.DayNumber - first.DayNumber + 1) * 24));
        }
        return periods.Count > 0 ? periods : null;
    });

    private static DateOnly? Day(long date) =>
        DateOnly.TryParseExact(date.ToString("00000000", CultureInfo.InvariantCulture), "yyyyMMdd", out var day) ? day : null;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
