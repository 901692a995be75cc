using System.Text.RegularExpressions;

using IdfKit.Engine.Folders;
using IdfKit.Engine.Results.Sql;
using SQLitePCL;

namespace IdfKit.Engine;

public sealed partial class SqlResults
{
    private const int LongestText = 1 << 20; // of a row; those of a summary have some hundred bytes
    private const string Definitions = """
        SELECT type, sql FROM sqlite_master
        WHERE lower(name) IN ('simulations', 'strings', 'tabulardata', 'environmentperiods', 'time')
        """;

    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(30);
    private SqlPatience? _patience;

    /// <summary>
    /// Opens the database that a child has left in a folder; null when there is no plain file, or one that the child was still writing.
    /// It may be made to be read for ever, or to fill the memory: what takes longer than 30 s is given up.
    /// </summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="directory">The same as a path.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="stop">Gives up whatever is read from it.</param>
    /// <exception cref="ResultsException">As <see cref="Open(string)"/>, and whatever is read from it when the time is over.</exception>
    internal static SqlResults? TryOpenIn(ChildFolder folder, string directory, string name, CancellationToken stop = default)
    {
        using var file = folder.TryOpenFile(name);
        if (file is null || folder.Has(name + "-journal")) return null;
        var full = Path.GetFullPath(directory);
        // SQLite opens by name, twice, and waits for a pipe: it is given a name that the child cannot change.
        using var named = Path.GetDirectoryName(full) is { } above ? PrivateName.TryGive(file, above) : null;
        return Open(named?.Path ?? Path.Combine(full, name), isOfChild: true, stop);
    }

    private void Bound(CancellationToken stop)
    {
        var database = _connection.Handle!;
        _ = raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LENGTH, LongestText);
        _patience = new(database, LongestReading, stop);
        using var command = _connection.CreateCommand();
        command.CommandText = Definitions;
        using var row = command.ExecuteReader();
        while (row.Read())
            if (row.GetString(0) != "table" || IsComputed(row.GetString(1)))
                throw new InvalidOperationException("A table of it is computed, which EnergyPlus's are not.");
    }

    /// <summary>
    /// Whether the values of a table, or the table, come out of an expression or a module: one call of a function may take hours, and
    /// nothing stops it.
    /// </summary>
    private static bool IsComputed(string definition) => Computed().IsMatch(definition);

    [GeneratedRegex(@"\b(AS|VIRTUAL|GENERATED)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Computed();
}
