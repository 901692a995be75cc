using Microsoft.Data.Sqlite;

using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Results.Sql;

/// <summary>
/// The table of times and that of environments. Times are the ends of intervals, hour 24 at midnight; design days have the year 0, months
/// stand at their last day, and run periods and years have no date at all.
/// </summary>
internal sealed class SqlTimes
{
    private const int Monthly = 3;
    private const int RunPeriod = 4;
    private const int Annual = 5;
    private const int LongestMinutes = 366 * 24 * 60;

    private readonly List<SqlTime> _rows = [];
    private readonly Dictionary<int, int> _environments = [];
    private ResultTime?[] _known = [];
    private DateTime?[] _firsts = [];
    private DateTime?[] _lastEnds = [];
    private int[] _next = [];

    private SqlTimes()
    {
    }

    public IReadOnlyList<ResultEnvironment> Environments { get; private set; } = [];

    /// <param name="connection">The database.</param>
    /// <param name="periods">What is known of the run periods.</param>
    public static SqlTimes Read(SqliteConnection connection, PeriodYears periods)
    {
        var times = new SqlTimes();
        times.ReadEnvironments(connection);
        times._known = [.. times.Environments.Select(known => known.IsDesignDay ? null : periods.Of(known.Title))];
        times._firsts = new DateTime?[times.Environments.Count];
        times._lastEnds = new DateTime?[times.Environments.Count];
        times.ReadRows(connection);
        SystemSteps.Restore(times._rows, StepMinutes(connection));
        times.LinkRows();
        return times;
    }

    /// <summary>Whether a value of this time counts: it is not of a warm-up day.</summary>
    public bool IsReported(int index) => (uint)index < (uint)_rows.Count && _rows[index].Environment >= 0;

    /// <summary>The next time of the same kind of interval; 0 when there is none.</summary>
    public int NextOf(int index) => (uint)index < (uint)_next.Length ? _next[index] : 0;

    public int EnvironmentOf(int index) => _rows[index].Environment;

    public ResultTime TimeOf(int index)
    {
        var row = _rows[index];
        return row.Type switch
        {
            Monthly => CalendarYears.Month(row.Year, row.Month),
            RunPeriod => _known[row.Environment] ?? CalendarYears.RunPeriod(
                row.Year, row.Days, _firsts[row.Environment], _lastEnds[row.Environment]),
            Annual => CalendarYears.Year(row.Year),
            _ => new(row.Start, row.End, row.DayType),
        };
    }

    private void ReadEnvironments(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT EnvironmentPeriodIndex, EnvironmentName, EnvironmentType FROM EnvironmentPeriods ORDER BY 1";
        using var row = command.ExecuteReader();
        var environments = new List<ResultEnvironment>();
        while (row.Read())
        {
            _environments[row.GetInt32(0)] = environments.Count;
            environments.Add(new(environments.Count, SqlText.Of(row, 1),
                IsDesignDay: row.IsDBNull(2) || row.GetInt32(2) != 3));
        }
        Environments = environments;
    }

    private void ReadRows(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT TimeIndex, EnvironmentPeriodIndex, IntervalType, Year, Month, Day, Hour, Minute, Interval, SimulationDays, DayType
            FROM Time WHERE coalesce(WarmupFlag, 0) = 0 AND TimeIndex BETWEEN 0 AND (SELECT 4 * count(*) + 1000 FROM Time)
            ORDER BY TimeIndex
            """;
        using var row = command.ExecuteReader();
        var dayTypes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (row.Read())
        {
            int Number(int column, int most = int.MaxValue) => row.IsDBNull(column) ? 0 : Math.Clamp(row.GetInt32(column), 0, most);
            if (!_environments.TryGetValue(Number(1), out var environment)) continue;
            var index = row.GetInt32(0);
            while (_rows.Count < index) _rows.Add(SqlTime.Absent);
            var type = row.IsDBNull(2) ? 0 : row.GetInt32(2);
            var dayType = SqlText.Of(row, 10);
            if (!dayTypes.TryAdd(dayType, dayType)) dayType = dayTypes[dayType];
            var year = Number(3) is > 0 and var given ? given : CalendarYears.Default;
            var (start, end) = (DateTime.MinValue, DateTime.MinValue);
            if (type < RunPeriod)
            {
                end = CalendarYears.Date(year, Number(4), Number(5, 31)).AddMinutes((Number(6, 24) * 60) + Number(7, 60));
                start = end.AddMinutes(-Number(8, LongestMinutes));
                Reach(environment, type, year, Number(4), start, end);
            }
            _rows.Add(new(environment, type, year, Number(4), start, end, Number(9), dayType));
        }
    }

    /// <summary>Months, the ends of which are those of the calendar, only count where there is nothing shorter.</summary>
    private void Reach(int environment, int type, int year, int month, DateTime start, DateTime end)
    {
        if (type < Monthly)
        {
            _firsts[environment] ??= start;
            _lastEnds[environment] = end;
        }
        else if (_firsts[environment] is null) _lastEnds[environment] = CalendarYears.Month(year, month).End;
    }

    private void LinkRows()
    {
        _next = new int[_rows.Count];
        var last = new Dictionary<int, int>();
        for (var index = _rows.Count - 1; index > 0; index--)
        {
            if (_rows[index].Environment < 0) continue;
            _next[index] = last.GetValueOrDefault(_rows[index].Type);
            last[_rows[index].Type] = index;
        }
    }

    /// <summary>The zones' time step; null where the file does not say.</summary>
    private static int? StepMinutes(SqliteConnection connection)
    {
        if (!SqlTables.HasColumn(connection, "Simulations", "NumTimestepsPerHour")) return null;
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT NumTimestepsPerHour FROM Simulations
            WHERE NumTimestepsPerHour BETWEEN 1 AND 60 AND 60 % NumTimestepsPerHour = 0 LIMIT 1
            """;
        return command.ExecuteScalar() is long steps ? 60 / (int)steps : null;
    }
}
