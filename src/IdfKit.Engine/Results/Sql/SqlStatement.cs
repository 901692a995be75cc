using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IdfKit.Engine.Results.Sql;

/// <summary>A prepared statement below ADO.NET, for thousands of small queries.</summary>
internal sealed class SqlStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqlStatement(SqliteConnection connection, string query)
    {
        _database = connection.Handle ?? throw new ObjectDisposedException(nameof(SqlResults));
        Check(raw.sqlite3_prepare_v2(_database, query, out _statement));
    }

    /// <summary>Starts over with these parameters.</summary>
    public void Start(long first, long second)
    {
        raw.sqlite3_reset(_statement); // its error is that of the step before, and was thrown there
        Check(raw.sqlite3_bind_int64(_statement, 1, first));
        Check(raw.sqlite3_bind_int64(_statement, 2, second));
    }

    /// <summary>The next row; false when there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is not raw.SQLITE_ROW) CheckEnd(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Whether the rows have come to their end by this code.</summary>
    /// <exception cref="SqliteException">It is another one.</exception>
    public void CheckEnd(int code)
    {
        if (code is not raw.SQLITE_DONE) Check(code);
    }

    /// <summary>SQLite's own, valid until this is disposed of.</summary>
    public nint Handle => _statement.DangerousGetHandle();

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public double Number(int column) =>
        raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? double.NaN : raw.sqlite3_column_double(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
