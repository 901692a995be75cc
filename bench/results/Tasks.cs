using System.Diagnostics;
using System.Globalization;

using IdfKit.Engine;

namespace Results;

/// <summary>
/// What is measured, each in this process: <c>results task eso FILE ROUNDS</c> prints one line of milliseconds per
/// round.
/// </summary>
internal static class Tasks
{
    public const string Variable = "Zone Mean Air Temperature";
    public const string Key = "CORE_ZN";

    public static void Run(string task, string path, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var count = Once(task, path);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{watch.Elapsed.TotalMilliseconds:0.###} {count} {GC.GetTotalAllocatedBytes() / 1000000} {GC.CollectionCount(0)}"));
        }
        if (OperatingSystem.IsLinux())
            Console.WriteLine("peak " + File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]);
    }

    public static long Once(string task, string path)
    {
        using var file = task.StartsWith("sql", StringComparison.Ordinal)
            ? Stream.Null
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        return task switch
        {
            "nothing" => 0,
            "eso" => EsoResults.Read(file).AllSeries().Sum(series => (long)series.Count),
            "series" => EsoResults.ReadSeries(file, Variable, Key, ResultFrequency.Hourly)!.Count,
            "sql" => Sql(path),
            "sql-many" => SqlMany(path, sql => sql.Series(Many(sql))),
            "sql-each" => SqlMany(path, sql => [.. Many(sql).Select(variable => sql.Series(variable))]),
            "htm" => HtmlTables.Read(file).Tables.Sum(table => (long)table.Rows.Count * table.Columns.Count),
            "htm-read" => HtmlTables.Read(file).Tables.Count,
            "htm-text" => HtmlTables.Read(file).Tables.Sum(Characters),
            "model" => Model.Read(file).Objects.Count,
            _ => throw new ArgumentException(task),
        };
    }

    private static long Sql(string path)
    {
        using var sql = SqlResults.Open(path);
        return sql.Series(Variable, Key, ResultFrequency.Hourly)!.Count;
    }

    private static long SqlMany(string path, Func<SqlResults, IReadOnlyList<ResultSeries?>> read)
    {
        using var sql = SqlResults.Open(path);
        return read(sql).Sum(series => (long)series!.Count);
    }

    private static IEnumerable<ResultVariable> Many(SqlResults sql) =>
        sql.Variables.Where(variable => variable.Frequency is ResultFrequency.Hourly).Take(69);

    private static long Characters(ReportTable table)
    {
        long sum = 0;
        for (var row = 0; row < table.Rows.Count; row++)
            for (var column = 0; column < table.Columns.Count; column++) sum += table[row, column].Length;
        return sum;
    }
}
