using Microsoft.Data.Sqlite;

using IdfKit.Engine.Results.Sql;

namespace IdfKit.Engine;

public sealed partial class SqlResults
{
    // EnergyPlus writes a table's cells one after another, the first one first: two tables may bear the same names.
    // The order of the joins is held (CROSS), or SQLite would begin with the texts.
    private const string TableList = """
        SELECT r.Value, f.Value, t.Value, d.TabularDataIndex
        FROM TabularData d
        CROSS JOIN Strings r ON r.StringIndex = d.ReportNameIndex
        CROSS JOIN Strings f ON f.StringIndex = d.ReportForStringIndex
        CROSS JOIN Strings t ON t.StringIndex = d.TableNameIndex
        WHERE d.RowId = (SELECT min(RowId) FROM TabularData) AND d.ColumnId = (SELECT min(ColumnId) FROM TabularData)
        ORDER BY d.TabularDataIndex
        """;

    private const string TableCells = """
        SELECT d.RowId, d.ColumnId, r.Value, c.Value, u.Value, d.Value
        FROM TabularData d
        CROSS JOIN Strings r ON r.StringIndex = d.RowNameIndex
        CROSS JOIN Strings c ON c.StringIndex = d.ColumnNameIndex
        CROSS JOIN Strings u ON u.StringIndex = d.UnitsIndex
        WHERE d.TabularDataIndex >= $first AND d.TabularDataIndex < $next
        ORDER BY d.TabularDataIndex
        """;

    private IReadOnlyList<ReportTable>? _tables;

    /// <summary>
    /// All tables of the tabular reports, in the order of the file; none unless the model asks for <c>Output:SQLite,SimpleAndTabular</c>.
    /// One scan of the table of cells; a table's own cells are read when they are first asked for, while the file is still open. Two tables
    /// of the same names, as two <c>Output:Table:TimeBins</c> of one variable make, are two.
    /// </summary>
    public IReadOnlyList<ReportTable> Tables => _tables ??= Guard(ReadTables);

    /// <summary>Whether a period of the weather file was simulated, not only design days.</summary>
    public bool HasRunPeriod => Guard(() => Scalar("SELECT count(*) FROM EnvironmentPeriods WHERE EnvironmentType = 3")) > 0;

    /// <summary>The first table of a report with this title; null when there is none.</summary>
    public ReportTable? Find(string report, string name, string? forWhat = null) => Tables.Find(report, name, forWhat);

    private bool HasTables => HasTable("TabularData");

    private bool HasTable(string name) => SqlTables.Has(_connection, name);

    private List<ReportTable> ReadTables()
    {
        if (!HasTables) return [];
        using var command = _connection.CreateCommand();
        command.CommandText = TableList;
        using var row = command.ExecuteReader();
        var starts = new List<(string Report, string For, string Name, long First)>();
        while (row.Read()) starts.Add((SqlText.Of(row, 0), SqlText.Of(row, 1), SqlText.Of(row, 2), row.GetInt64(3)));
        var tables = new List<ReportTable>(starts.Count);
        for (var i = 0; i < starts.Count; i++)
        {
            var (first, next) = (starts[i].First, i + 1 < starts.Count ? starts[i + 1].First : long.MaxValue);
            tables.Add(new(starts[i].Report, starts[i].For, starts[i].Name, () => Guard(() => ReadCells(first, next))));
        }
        return tables;
    }

    private SqlCells ReadCells(long first, long next)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = TableCells;
        command.Parameters.AddRange([new SqliteParameter("$first", first), new SqliteParameter("$next", next)]);
        using var row = command.ExecuteReader();
        var cells = new SqlCells();
        while (row.Read())
        {
            cells.Add(row.GetInt32(0), row.GetInt32(1),
                SqlText.Of(row, 2), SqlText.Of(row, 3), SqlText.Of(row, 4), SqlText.Of(row, 5));
        }
        return cells;
    }
}
