using System.Runtime.InteropServices;
using SQLitePCL;

namespace IdfKit.Engine.Results.Sql;

/// <summary>
/// SQLite's calls for each of a million rows: without counting who holds the statement, which its owner does, and the short ones without
/// leaving the garbage collector's rules. A row takes about half as long.
/// </summary>
internal static partial class SqlFast
{
    private const string Library = "e_sqlite3"; // of Microsoft.Data.Sqlite

    /// <summary>Whether statements come from this library: a program may have chosen another.</summary>
    public static bool IsAtHand => raw.GetNativeLibraryName() == Library;

    public static double Number(nint statement, int column) =>
        TypeOf(statement, column) == raw.SQLITE_NULL ? double.NaN : Real(statement, column);

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    public static partial long Integer(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_double"), SuppressGCTransition]
    private static partial double Real(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    private static partial int TypeOf(nint statement, int column);
}
