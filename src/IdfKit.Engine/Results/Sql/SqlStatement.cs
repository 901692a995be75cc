using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IdfKit.Engine.Results.Sql;

/// <summary>A prepared statement below ADO.NET, for thousands of small queries.</summary>
internal sealed class SqlStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly nint _fast; // SQLite's own handle, valid until this is disposed of; 0: SqlFast is not at hand

    public SqlStatement(SqliteConnection connection, string query)
    {
        _database = connection.Handle ?? throw new ObjectDisposedException(nameof(SqlResults));
        Check(raw.sqlite3_prepare_v2(_database, query, out _statement));
        if (SqlFast.IsAtHand) _fast = _statement.DangerousGetHandle();
    }

    /// <summary>Starts over with these parameters.</summary>
    public void Start(params ReadOnlySpan<long> parameters)
    {
        raw.sqlite3_reset(_statement); // its error is that of the step before, and was thrown there
        for (var i = 0; i < parameters.Length; i++) Check(raw.sqlite3_bind_int64(_statement, i + 1, parameters[i]));
    }

    /// <summary>The next row; false when there is none.</summary>
    /// <exception cref="SqliteException">The file is broken.</exception>
    public bool Step()
    {
        var code = _fast != 0 ? SqlFast.Step(_fast) : raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE)) Check(code);
        return code == raw.SQLITE_ROW;
    }

    public long Integer(int column) => _fast != 0 ? SqlFast.Integer(_fast, column) : raw.sqlite3_column_int64(_statement, column);

    public double Number(int column)
    {
        if (_fast != 0) return SqlFast.Number(_fast, column);
        return raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? double.NaN : raw.sqlite3_column_double(_statement, column);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
