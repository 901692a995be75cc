using Microsoft.Data.Sqlite;

using IdfKit.Engine.Results.Sql;

namespace IdfKit.Engine;

public sealed partial class SqlResults
{
    private const int MostCells = 200_000; // a large building's have some hundred

    /// <summary>
    /// The tables of these titles with their cells, by one scan: a list of all tables and a scan for each takes several
    /// times as long.
    /// </summary>
    internal IReadOnlyList<ReportTable> ReadTables(IReadOnlyList<string> titles) => Guard(() =>
    {
        if (!HasTables) return [];
        using var command = _connection.CreateCommand();
        var parameters = titles.Select((title, i) => new SqliteParameter("$title" + i, title)).ToArray();
        command.Parameters.AddRange(parameters);
        var names = string.Join(", ", parameters.Select(p => p.ParameterName));
        command.CommandText = $"""
            SELECT p.Value, f.Value, t.Value, d.RowId, d.ColumnId, r.Value, c.Value, u.Value, d.Value
            FROM TabularData d
            JOIN Strings p ON p.StringIndex = d.ReportNameIndex
            JOIN Strings f ON f.StringIndex = d.ReportForStringIndex
            JOIN Strings t ON t.StringIndex = d.TableNameIndex
            JOIN Strings r ON r.StringIndex = d.RowNameIndex
            JOIN Strings c ON c.StringIndex = d.ColumnNameIndex
            JOIN Strings u ON u.StringIndex = d.UnitsIndex
            WHERE d.TableNameIndex IN (SELECT StringIndex FROM Strings WHERE Value IN ({names}))
            ORDER BY d.TabularDataIndex
            """;
        using var row = command.ExecuteReader();
        var tables = new Dictionary<(string, string, string), SqlCells>();
        var read = 0;
        while (row.Read())
        {
            var key = (row.GetString(0), row.GetString(1), row.GetString(2));
            if (!tables.TryGetValue(key, out var cells)) tables.Add(key, cells = new SqlCells());
            if (++read > MostCells) throw new InvalidOperationException("There are more cells than a summary has.");
            cells.Add(row.GetInt32(3), row.GetInt32(4), row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8));
        }
        return tables.Select(table => new ReportTable(table.Key.Item1, table.Key.Item2, table.Key.Item3, () => table.Value)).ToList();
    });
}
