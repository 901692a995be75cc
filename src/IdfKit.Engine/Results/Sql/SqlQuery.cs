using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IdfKit.Engine.Results.Sql;

/// <summary>Carries out one query that somebody else has written. It must be a single one, and one that changes nothing.</summary>
internal sealed class SqlQuery : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="ArgumentException">It is no query, or more than one, or it writes.</exception>
    public SqlQuery(SqliteConnection connection, string query)
    {
        _database = connection.Handle ?? throw new ObjectDisposedException(nameof(SqlResults));
        var code = raw.sqlite3_prepare_v2(_database, query, out _statement, out var rest);
        if (code == raw.SQLITE_ERROR) throw Refused($"SQLite says: {OneLine.Of(raw.sqlite3_errmsg(_database).utf8_to_string())}.");
        Check(code);
        try
        {
            if (_statement is null or { IsInvalid: true }) throw Refused("It is empty.");
            if (rest.Trim().TrimEnd(';').Trim().Length > 0) throw Refused("It is more than one; ask them one after another.");
            // A VACUUM writes a file, an ATTACH opens one: neither has columns, nor is the first one read-only.
            if (raw.sqlite3_stmt_readonly(_statement) == 0 || raw.sqlite3_column_count(_statement) == 0)
                throw Refused("It must be a SELECT: the results of a run are only read.");
        }
        catch
        {
            _statement?.Dispose();
            throw;
        }
    }

    /// <exception cref="ArgumentException">The query has no such parameter, or it cannot hold such a value.</exception>
    public void Bind(string name, object? value)
    {
        var index = raw.sqlite3_bind_parameter_index(_statement, name is ['$' or '@' or ':', ..] ? name : "$" + name);
        if (index == 0) throw Refused($"It has no parameter {OneLine.Of(name)}.");
        Check(value switch
        {
            null => raw.sqlite3_bind_null(_statement, index),
            bool truth => raw.sqlite3_bind_int64(_statement, index, truth ? 1 : 0),
            int or long or short or byte => raw.sqlite3_bind_int64(
                _statement, index, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            double or float => raw.sqlite3_bind_double(_statement, index, Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            string text => raw.sqlite3_bind_text(_statement, index, text),
            byte[] bytes => raw.sqlite3_bind_blob(_statement, index, bytes),
            _ => throw Refused($"A value is a number, a text, bytes or null, and {OneLine.Of(name)} is none of them."),
        });
    }

    public SqlRows Read(CancellationToken cancellationToken)
    {
        var columns = Enumerable.Range(0, raw.sqlite3_column_count(_statement))
            .Select(column => raw.sqlite3_column_name(_statement, column).utf8_to_string()).ToArray();
        var rows = new List<IReadOnlyList<object?>>();
        using var stop = cancellationToken.Register(() => raw.sqlite3_interrupt(_database));
        while (true)
        {
            var code = raw.sqlite3_step(_statement);
            cancellationToken.ThrowIfCancellationRequested();
            if (code == raw.SQLITE_DONE) return new(columns, rows);
            if (code != raw.SQLITE_ROW) Check(code);
            var values = new object?[columns.Length];
            for (var column = 0; column < values.Length; column++) values[column] = Value(column);
            rows.Add(values);
        }
    }

    public void Dispose() => _statement.Dispose();

    private object? Value(int column) => raw.sqlite3_column_type(_statement, column) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(_statement, column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(_statement, column),
        raw.SQLITE_TEXT => ResultBytes.Decode(raw.sqlite3_column_blob(_statement, column)),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(_statement, column).ToArray(),
        _ => null,
    };

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);

    private static ArgumentException Refused(string why) => new("The query cannot be carried out. " + why);
}
