using Microsoft.Data.Sqlite;

namespace IdfKit.Engine.Results.Sql;

/// <summary>
/// Collects one variable's rows. EnergyPlus makes no index of <c>ReportData</c>, but writes the same variables at every
/// time, so that the next row of a variable most often stands as far on as the last one did. Where it does, and is of
/// the very next time, nothing can lie between, and all other rows are passed over; where it does not, they are read up
/// to the next.
/// </summary>
internal sealed class SqlSeriesReader(SqliteConnection connection, SqlTimes times, SqlColumn column)
{
    /// <summary>After so many rows that stood elsewhere, the rest is read through.</summary>
    private const int Patience = 50;

    public void Read()
    {
        using var next = new SqlStatement(connection,
            "SELECT ReportDataIndex, TimeIndex, Value FROM ReportData WHERE ReportDataIndex > ?1 AND "
                + "ReportDataDictionaryIndex = ?2 ORDER BY ReportDataIndex");
        using var probe = new SqlStatement(connection,
            "SELECT TimeIndex, Value FROM ReportData WHERE ReportDataIndex = ?1 AND ReportDataDictionaryIndex = ?2");
        long last = 0, stride = 0;
        var misses = 0;
        next.Start(long.MinValue, column.Variable);
        while (next.Step())
        {
            var (row, time) = (next.Integer(0), (int)next.Integer(1));
            var distance = column.Indices.Count > 0 ? row - last : 0;
            last = row;
            column.Add(time, next.Number(2));
            if (misses > Patience) continue;
            var reached = Follow(probe, last, stride);
            if (reached == last && distance > 0 && distance != stride) reached = Follow(probe, last, stride = distance);
            misses = reached == last ? misses + 1 : 0;
            if (reached == last) continue;
            last = reached;
            next.Start(last, column.Variable);
        }
    }

    private long Follow(SqlStatement probe, long row, long stride)
    {
        if (stride == 0) return row;
        while (times.NextOf(column.Indices[^1]) is > 0 and var expected)
        {
            probe.Start(row + stride, column.Variable);
            if (!probe.Step() || (int)probe.Integer(0) != expected) break;
            row += stride;
            column.Add(expected, probe.Number(1));
        }
        return row;
    }
}
