using SQLitePCL;

namespace IdfKit.Engine.Results.Sql;

/// <summary>
/// Interrupts what is read from a database once its time is over, or nobody waits for it. From outside, because SQLite asks nobody while
/// it counts the rows of a tree, which may be one that comes back to itself.
/// </summary>
internal sealed class SqlPatience : IDisposable
{
    // An interrupt is for the statements that run, not for later ones.
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly sqlite3 _database;
    private readonly Timer _timer;
    private readonly CancellationTokenRegistration _stop;
    private bool _isDisposed;

    /// <param name="database">Of which is read.</param>
    /// <param name="longest">Its time, from now on.</param>
    /// <param name="stop">Nobody waits for it any more.</param>
    public SqlPatience(sqlite3 database, TimeSpan longest, CancellationToken stop = default)
    {
        _database = database;
        _timer = new(_ => Interrupt(), null, longest, Again);
        _stop = stop.Register(() => _timer.Change(TimeSpan.Zero, Again));
    }

    public void Dispose()
    {
        lock (_gate) _isDisposed = true;
        _stop.Dispose();
        _timer.Dispose();
    }

    private void Interrupt()
    {
        lock (_gate)
            if (!_isDisposed) raw.sqlite3_interrupt(_database);
    }
}
