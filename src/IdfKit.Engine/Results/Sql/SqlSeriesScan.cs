using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IdfKit.Engine.Results.Sql;

/// <summary>Collects many variables' rows in one walk over all rows.</summary>
internal sealed class SqlSeriesScan
{
    private const string Rows = "SELECT ReportDataDictionaryIndex, TimeIndex, Value FROM ReportData";

    /// <summary>Numbers of variables up to here are looked up in a table; EnergyPlus counts from 1.</summary>
    private const int LargestNumber = 1 << 20;

    private readonly SqlColumn?[] _wanted;

    private SqlSeriesScan(SqlColumn[] columns)
    {
        _wanted = new SqlColumn?[Math.Clamp(columns.Max(column => column.Variable), 0, LargestNumber) + 1];
        foreach (var column in columns)
            if ((uint)column.Variable < (uint)_wanted.Length) _wanted[column.Variable] = column;
    }

    /// <summary>Fills the columns, each of which is of another variable.</summary>
    /// <exception cref="SqliteException">The file is broken.</exception>
    public static void Read(SqliteConnection connection, SqlColumn[] columns)
    {
        if (columns.Length == 0) return;
        var scan = new SqlSeriesScan(columns);
        using var statement = new SqlStatement(connection, Rows);
        if (SqlFast.IsAtHand) scan.ReadFast(statement);
        else scan.Read(statement);
    }

    private void Read(SqlStatement statement)
    {
        while (statement.Step()) Take(statement.Integer(0), statement.Integer(1), statement.Number(2));
    }

    private void ReadFast(SqlStatement statement)
    {
        var handle = statement.Handle;
        int code;
        while ((code = SqlFast.Step(handle)) == raw.SQLITE_ROW)
        {
            var number = SqlFast.Integer(handle, 0);
            if ((ulong)number < (ulong)_wanted.Length && _wanted[number] is not null)
                Take(number, SqlFast.Integer(handle, 1), SqlFast.Number(handle, 2));
        }
        statement.CheckEnd(code);
    }

    private void Take(long number, long time, double value)
    {
        if ((ulong)number < (ulong)_wanted.Length && time is >= 0 and <= int.MaxValue) _wanted[number]?.Add((int)time, value);
    }
}
