using Microsoft.Data.Sqlite;

using IdfKit.Engine.Results.Sql;

namespace IdfKit.Engine;

public sealed partial class SqlResults
{
    private const int MostCells = 200_000; // a large building's have some hundred
    private const int MostLetters = 16 << 20; // of all of them

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
        return TablesOf(row);
    });

    private static List<ReportTable> TablesOf(SqliteDataReader row)
    {
        var tables = new List<ReportTable>();
        var last = new Dictionary<(string, string, string), SqlCells>();
        var (read, letters) = (0, 0);
        while (row.Read())
        {
            var key = (SqlText.Of(row, 0), SqlText.Of(row, 1), SqlText.Of(row, 2));
            var (rowId, columnId) = (row.GetInt32(3), row.GetInt32(4));
            // A cell that the table has already is the first of another one of that name.
            if (!last.TryGetValue(key, out var cells) || cells.Has(rowId, columnId))
            {
                var begun = last[key] = cells = new SqlCells();
                tables.Add(new(key.Item1, key.Item2, key.Item3, () => begun));
            }
            var texts = Enumerable.Range(5, 4).Select(column => SqlText.Of(row, column)).ToArray();
            letters += texts.Sum(text => text.Length);
            if (++read > MostCells || letters > MostLetters) throw new InvalidOperationException("There is more than a summary has.");
            cells.Add(rowId, columnId, texts[0], texts[1], texts[2], texts[3]);
        }
        return tables;
    }
}
