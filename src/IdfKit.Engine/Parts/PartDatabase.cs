using IdfKit.Engine.Results.Sql;

using Microsoft.Data.Sqlite;

namespace IdfKit.Engine.Parts;

/// <summary>
/// A copy of a part's <c>.sql</c> that is changed. It may hold anything: nothing in it is carried out, statements have a time limit, and
/// what is broken is the parts' fault.
/// </summary>
internal sealed class PartDatabase
{
    /// <summary>The database itself, beside one that is attached.</summary>
    public const string Main = "main";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    // A database of EnergyPlus has no trigger, and none of its tables is a view or computed.
    private const string Foreign = """
        SELECT count(*) FROM {0}.sqlite_master WHERE type = 'trigger'
            OR (type = 'view' AND lower(name) IN ('environmentperiods', 'time', 'reportdata', 'reportextendeddata', 'errors', 'strings',
                'reportdatadictionary', 'tabulardata'))
            OR (type = 'table' AND (upper(sql) LIKE '%VIRTUAL%' OR upper(sql) LIKE '%GENERATED%'))
        """;

    private readonly SqliteConnection _connection;
    private readonly string _name;

    private PartDatabase(SqliteConnection connection, string name) => (_connection, _name) = (connection, name);

    /// <summary>Opens a copy of our own, changes it, and closes it.</summary>
    /// <param name="path">The copy.</param>
    /// <param name="name">What the modeller calls it.</param>
    /// <param name="change">What is done with it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PartsUnlikeException">It is broken, none of EnergyPlus's, or there was no time or room for the change.</exception>
    public static T Change<T>(string path, string name, Func<PartDatabase, T> change, CancellationToken cancellationToken)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        using var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            using var patience = new SqlPatience(connection.Handle!, Longest, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            var database = new PartDatabase(connection, name);
            // Nothing waits for the disk, as EnergyPlus does not for its own: a run that a crash of the machine ends is run again.
            database.Execute("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
            database.RefuseForeign(Main);
            return change(database);
        }
        catch (SqliteException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException)
        {
            throw new PartsUnlikeException(WhyNot(e, name));
        }
    }

    /// <exception cref="PartsUnlikeException">It has what no database of EnergyPlus has.</exception>
    public void RefuseForeign(string of) => Refuse(Number(Foreign, of) > 0);

    /// <exception cref="PartsUnlikeException">The parts' databases are not alike.</exception>
    public void Refuse(bool isUnlike)
    {
        if (isUnlike) throw new PartsUnlikeException(EngineSentences.Unlike(_name));
    }

    /// <param name="query">It may name the database as <c>{0}</c>.</param>
    /// <param name="of">Which it is.</param>
    public long Number(string query, string of = Main) => (long)(Scalar(query, of) ?? 0L);

    /// <inheritdoc cref="Number"/>
    public string? Text(string query, string of = Main) => Scalar(query, of) as string;

    /// <summary>The rows of a query, of which each is read before the next.</summary>
    public IEnumerable<SqliteDataReader> Rows(string query)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = query;
        using var row = command.ExecuteReader();
        while (row.Read()) yield return row;
    }

    public void Execute(string query, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = query;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    private object? Scalar(string query, string of)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = query.Replace("{0}", of, StringComparison.Ordinal);
        return command.ExecuteScalar();
    }

    /// <summary>Why it could not be changed, as the rest of a sentence; by the codes of https://www.sqlite.org/rescode.html.</summary>
    private static string WhyNot(Exception error, string name) => error switch
    {
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR } => EngineSentences.NoRoomToJoin,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_INTERRUPT } => EngineSentences.NoTimeToJoin,
        _ => EngineSentences.Unreadable(name),
    };
}
