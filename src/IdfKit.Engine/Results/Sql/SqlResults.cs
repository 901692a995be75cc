using Microsoft.Data.Sqlite;

namespace IdfKit.Engine;

/// <summary>What a run wrote into its <c>.sql</c> file. It keeps the file open until disposed.</summary>
public sealed partial class SqlResults : IDisposable
{
    private readonly SqliteConnection _connection;
    /// <summary>SQLite's code for a query that names what is not there.</summary>
    private const int SqlError = 1;

    // A program that makes such files may leave out what it does not need.
    private const string AnyTable =
        "SELECT count(*) FROM sqlite_master WHERE name IN ('Simulations', 'ReportDataDictionary', 'TabularData', 'EnvironmentPeriods')";

    private readonly string _path;
    private bool _isDisposed;

    private SqlResults(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>Opens a file on local disk, for reading only.</summary>
    /// <exception cref="ResultsException">The file is missing, cut off, or no SQLite database of EnergyPlus.</exception>
    public static SqlResults Open(string localPath) => Open(localPath, isOfChild: false, CancellationToken.None);

    private static SqlResults Open(string localPath, bool isOfChild, CancellationToken stop)
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
                if (isOfChild) results.Bound(stop);
                return results.Scalar(AnyTable) > 0 ? true : throw new InvalidOperationException("It has none of EnergyPlus's tables.");
            });
            return results;
        }
        catch
        {
            results.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _patience?.Dispose();
        _connection.Dispose();
    }

    private long Scalar(string query)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = query;
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    private T Guard<T>(Func<T> read)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        try
        {
            return read();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqlError)
        {
            throw new ResultsException(_path,
                $"Reading {_path} failed: {OneLine.Of(e.Message)} The run may have been stopped before it wrote the file, "
                    + "or be of a version of EnergyPlus that is not read here (9.0 to 25.2 are).",
                e);
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException or InvalidOperationException or OverflowException)
        {
            throw new ResultsException(
                _path,
                $"Reading {_path} failed: {OneLine.Of(e.Message)} The run may have been stopped while it wrote the file; run it again.",
                e);
        }
    }
}
