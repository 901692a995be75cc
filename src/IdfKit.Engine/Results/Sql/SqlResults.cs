using Microsoft.Data.Sqlite;

namespace IdfKit.Engine;

/// <summary>What a run wrote into its <c>.sql</c> file. It keeps the file open until disposed.</summary>
public sealed partial class SqlResults : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private SqlResults(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>Opens a file on local disk, for reading only.</summary>
    /// <exception cref="ResultsException">The file is missing, cut off, or no SQLite database of EnergyPlus.</exception>
    public static SqlResults Open(string localPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(localPath);
        var settings = new SqliteConnectionStringBuilder { DataSource = localPath, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        var connection = new SqliteConnection(settings.ConnectionString);
        var results = new SqlResults(connection, localPath);
        try
        {
            results.Guard(() =>
            {
                connection.Open();
                return results.Scalar("SELECT count(*) FROM Simulations");
            });
            return results;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private long Scalar(string query)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = query;
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException e)
        {
            throw new ResultsException(_path, $"Reading {_path} failed: {e.Message} The run may have been stopped while it wrote the file; run it again.", e);
        }
    }
}
