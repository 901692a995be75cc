using Microsoft.Data.Sqlite;

using IdfKit.Engine.Results.Sql;

namespace IdfKit.Engine;

public sealed partial class SqlResults
{
    private const string TableList = """
        SELECT r.Value, f.Value, t.Value, d.ReportNameIndex, d.ReportForStringIndex, d.TableNameIndex
        FROM (SELECT ReportNameIndex, ReportForStringIndex, TableNameIndex, min(TabularDataIndex) AS First
              FROM TabularData GROUP BY ReportNameIndex, ReportForStringIndex, TableNameIndex) d
        JOIN Strings r ON r.StringIndex = d.ReportNameIndex
        JOIN Strings f ON f.StringIndex = d.ReportForStringIndex
        JOIN Strings t ON t.StringIndex = d.TableNameIndex
        ORDER BY d.First
        """;

    private const string TableCells = """
        SELECT d.RowId, d.ColumnId, r.Value, c.Value, u.Value, d.Value
        FROM TabularData d
        JOIN Strings r ON r.StringIndex = d.RowNameIndex
        JOIN Strings c ON c.StringIndex = d.ColumnNameIndex
        JOIN Strings u ON u.StringIndex = d.UnitsIndex
        WHERE d.ReportNameIndex = $report AND d.ReportForStringIndex = $for AND d.TableNameIndex = $table
        ORDER BY d.TabularDataIndex
        """;

    private IReadOnlyList<ReportTable>? _tables;

    /// <summary>
    /// All tables of the tabular reports, in the order of the file; none unless the model asks for <c>Output:SQLite,SimpleAndTabular</c>.
    /// One scan of the table of cells; each table's cells are another, when they are first asked for and the file is still open.
    /// </summary>
    public IReadOnlyList<ReportTable> Tables => _tables ??= Guard(ReadTables);

    /// <summary>Whether a period of the weather file was simulated, not only design days.</summary>
    public bool HasRunPeriod => Guard(() => Scalar("SELECT count(*) FROM EnvironmentPeriods WHERE EnvironmentType = 3")) > 0;

    /// <summary>The first table of a report with this title; null when there is none.</summary>
    public ReportTable? Find(string report, string name, string? forWhat = null) => Tables.Find(report, name, forWhat);

    private bool HasTables => Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'TabularData'") > 0;

    private List<ReportTable> ReadTables()
    {
        var tables = new List<ReportTable>();
        if (!HasTables) return tables;
        using var command = _connection.CreateCommand();
        command.CommandText = TableList;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var (report, forWhat, table) = (row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));
            tables.Add(new(row.GetString(0), row.GetString(1), row.GetString(2), () => Guard(() => ReadCells(report, forWhat, table))));
        }
        return tables;
    }

    private SqlCells ReadCells(long report, long forWhat, long table)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = TableCells;
        command.Parameters.AddRange(
            [new SqliteParameter("$report", report), new SqliteParameter("$for", forWhat), new SqliteParameter("$table", table)]);
        using var row = command.ExecuteReader();
        var cells = new SqlCells();
        while (row.Read())
            cells.Add(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5));
        return cells;
    }
}
