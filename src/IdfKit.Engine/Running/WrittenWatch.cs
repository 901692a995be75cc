namespace IdfKit.Engine.Running;

/// <summary>
/// While EnergyPlus runs: looks now and then how much lies in the folders that it may write, and ends a run that has too
/// much.
/// </summary>
internal sealed class WrittenWatch : IAsyncDisposable
{
    /// <summary>Files of a run at once. EnergyPlus leaves sixty at most.</summary>
    public const int MostFiles = 50_000;

    // What is kept free for the record and the summary.
    private const long ReserveBytes = 32L << 20;

    private const int DeepestFolder = 20;

    // Links are not followed; what cannot be looked into is left out.
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = DeepestFolder,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
    };

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _ended = new();
    private readonly IReadOnlyList<string> _folders;
    private readonly Action _stop;
    private readonly bool _hasRoom;
    private readonly Task _watching;

    /// <param name="folders">What EnergyPlus may write.</param>
    /// <param name="most">The bound on the sum; null: what the disk has room for.</param>
    /// <param name="stop">Called once, when the run has exceeded a bound.</param>
    public WrittenWatch(IReadOnlyList<string> folders, long? most, Action stop)
    {
        (_folders, _stop) = (folders, stop);
        var room = Room();
        _hasRoom = room > ReserveBytes;
        // A disk that is nearly full already is not the run's doing: it fails there as it would anywhere.
        Most = Math.Min(most ?? long.MaxValue, _hasRoom ? room - ReserveBytes + Written().Bytes : long.MaxValue);
        _watching = WatchAsync();
    }

    /// <summary>The bound on the bytes, and so on each file.</summary>
    public long Most { get; }

    /// <summary>The bound that the run has exceeded; null while it has not.</summary>
    public ExceededBound? Exceeded { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        _ended.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Interval);
            while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
            {
                Exceeded = Look();
                if (Exceeded is null) continue;
                _stop();
                return;
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested) { return; } // EnergyPlus has ended by itself
    }

    private ExceededBound? Look()
    {
        var (files, bytes) = Written();
        // Bytes may also lie where no look finds them: in files that have no name any more.
        if (bytes > Most || (_hasRoom && Room() < ReserveBytes / 2)) return new(BoundKind.WrittenBytes, Most);
        return files > MostFiles ? new(BoundKind.Files, MostFiles) : null;
    }

    private (int Files, long Bytes) Written()
    {
        var (files, bytes) = (0, 0L);
        try
        {
            var all = _folders.SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", Everything));
            foreach (var file in all)
            {
                bytes += file.Exists ? file.Length : 0;
                if (++files > MostFiles) break;
            }
        }
        // EnergyPlus has just removed a scratch file or folder of its own; the next look is in a moment
        catch (IOException) { return (files, bytes); }
        return (files, bytes);
    }

    private long Room() => new DriveInfo(_folders[0]).AvailableFreeSpace;
}
