using Microsoft.Data.Sqlite;

namespace IdfKit.Engine.Results.Sql;

/// <summary>
/// Collects many variables' rows in one walk. EnergyPlus makes no index of <c>ReportData</c>, but writes the same variables in the same
/// order at every time. Where the next rows of all of them stand as far on as those before, and are of the very next time, nothing can
/// lie between, and all other rows are passed over; where they do not, every row is looked at until it is so again.
/// </summary>
internal sealed class SqlSeriesScan
{
    private const string Rows = "SELECT ReportDataIndex, TimeIndex, ReportDataDictionaryIndex, Value FROM ReportData ";

    /// <summary>Numbers of variables up to here are looked up in a table; EnergyPlus counts from 1.</summary>
    private const int LargestNumber = 1 << 20;

    /// <summary>After so many times at which they stood elsewhere, the rest is read through.</summary>
    private const int Patience = 50;

    private readonly SqlTimes _times;
    private readonly SqlColumn?[] _wanted;
    private readonly int _first;
    private readonly int _count;
    private SqlBlock? _before;
    private SqlBlock? _block;
    private int _misses;

    private SqlSeriesScan(SqlTimes times, SqlColumn[] columns)
    {
        (_times, _count, _first) = (times, columns.Length, columns.Min(column => column.Variable));
        _wanted = new SqlColumn?[Math.Clamp(columns.Max(column => column.Variable), 0, LargestNumber) + 1];
        foreach (var column in columns)
            if ((uint)column.Variable < (uint)_wanted.Length) _wanted[column.Variable] = column;
    }

    /// <summary>Fills the columns, each of which is of another variable.</summary>
    /// <param name="connection">To the file.</param>
    /// <param name="times">The times of the file.</param>
    /// <param name="columns">What is wanted; of one frequency, or no row is passed over.</param>
    /// <exception cref="SqliteException">The file is broken.</exception>
    public static void Read(SqliteConnection connection, SqlTimes times, SqlColumn[] columns)
    {
        if (columns.Length > 0) new SqlSeriesScan(times, columns).Read(connection);
    }

    private void Read(SqliteConnection connection)
    {
        using var next = new SqlStatement(connection,
            Rows + "WHERE ReportDataIndex > ?1 AND ReportDataDictionaryIndex BETWEEN ?2 AND ?3 ORDER BY ReportDataIndex");
        using var range = new SqlStatement(connection, Rows + "WHERE ReportDataIndex BETWEEN ?1 AND ?2 ORDER BY ReportDataIndex");
        next.Start(long.MinValue, _first, _wanted.Length - 1);
        while (next.Step())
        {
            var number = next.Integer(2);
            if ((ulong)number >= (ulong)_wanted.Length || _wanted[number] is not { } column) continue;
            var (row, time) = (next.Integer(0), next.Integer(1));
            if (time is < 0 or > int.MaxValue) continue;
            if (_misses > Patience) column.Add((int)time, next.Number(3));
            else if (time != _block?.Time && Follow(range) is { } last) next.Start(last, _first, _wanted.Length - 1);
            else Take(row, (int)time, column, next.Number(3));
        }
    }

    private void Take(long row, int time, SqlColumn column, double value)
    {
        if (_block?.Time != time) (_before, _block) = (_block, new(row, time));
        _block.Add(row, column);
        column.Add(time, value);
    }

    /// <summary>Reads the rows of all following times that stand as those of the last two, which are complete.</summary>
    /// <returns>The last row that was read; null when none stood so.</returns>
    private long? Follow(SqlStatement range)
    {
        if (_before is null || _block is null) return null;
        var stride = _block.First - _before.First;
        var isPattern = _block.Columns.Count == _count && _block.StandsAs(_before) && _times.NextOf(_before.Time) == _block.Time;
        var last = isPattern && _block.Cost < stride ? Follow(range, stride) : null;
        _misses = last is null ? _misses + 1 : 0;
        return last;
    }

    private long? Follow(SqlStatement range, long stride)
    {
        var values = new double[_count];
        var start = _block;
        while (_times.NextOf(_block!.Time) is > 0 and var time && _block.TryRead(range, stride, time, values))
        {
            for (var i = 0; i < values.Length; i++) _block.Columns[i].Add(time, values[i]);
            (_before, _block) = (_block, _block.At(_block.First + stride, time));
        }
        return _block == start ? null : _block.First + _block.Length - 1;
    }
}
