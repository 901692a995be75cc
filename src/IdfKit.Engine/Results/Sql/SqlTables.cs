using Microsoft.Data.Sqlite;

namespace IdfKit.Engine.Results.Sql;

/// <summary>Which tables a database has: those of EnergyPlus depend on what the run reports.</summary>
internal static class SqlTables
{
    public static bool Has(SqliteConnection connection, string name) =>
        Finds(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $name", name, "");

    /// <summary>Whether there is the table, and it has the column.</summary>
    public static bool HasColumn(SqliteConnection connection, string name, string column) =>
        Has(connection, name) && Finds(connection, "SELECT 1 FROM pragma_table_info($name) WHERE name = $column", name, column);

    private static bool Finds(SqliteConnection connection, string query, string name, string column)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        command.Parameters.AddWithValue("$name", name);
        if (column.Length > 0) command.Parameters.AddWithValue("$column", column);
        return command.ExecuteScalar() is not null;
    }
}
