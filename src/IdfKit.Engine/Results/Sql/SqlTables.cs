using Microsoft.Data.Sqlite;

namespace IdfKit.Engine.Results.Sql;

/// <summary>Which tables a database has: those of EnergyPlus depend on what the run reports.</summary>
internal static class SqlTables
{
    public static bool Has(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $name";
        command.Parameters.AddWithValue("$name", name);
        return command.ExecuteScalar() is not null;
    }
}
