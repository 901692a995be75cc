using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IdfKit.Engine.Results.Sql;

/// <summary>Texts of the <c>.sql</c> file: EnergyPlus writes the model's names as they come, which may be no UTF-8.</summary>
internal static class SqlText
{
    /// <summary>A text without blanks around it; empty where there is none.</summary>
    public static string Of(SqliteDataReader row, int column) => ResultBytes.Decode(raw.sqlite3_column_blob(row.Handle, column)).Trim();
}
