using IdfKit.Engine.Folders;

namespace IdfKit.Engine.Children;

/// <summary>
/// While EnergyPlus runs: looks now and then how much lies in the folders that it may write, and ends a run that has too
/// much, or whose disk runs full.
/// </summary>
internal sealed class WrittenWatch : IAsyncDisposable
{
    /// <summary>Files of a run at once. EnergyPlus leaves sixty at most.</summary>
    public const int MostFiles = 50_000;

    // What is kept free for the record and the summary.
    private const long ReserveBytes = 32L << 20;

    private const int DeepestFolder = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _ended = new();
    private readonly IReadOnlyList<string> _folders;
    private readonly Action _stop;
    private readonly bool _hasRoom;
    private readonly Task _watching;

    /// <param name="folders">What EnergyPlus may write.</param>
    /// <param name="most">The bound on the sum; null: what the disk has room for.</param>
    /// <param name="stop">Called once, when the run has exceeded a bound.</param>
    /// <param name="shares">How many runs there are that share what the bound leaves.</param>
    public WrittenWatch(IReadOnlyList<string> folders, long? most, Action stop, int shares = 1)
    {
        (_folders, _stop) = (folders, stop);
        var room = Room();
        _hasRoom = room > ReserveBytes;
        // A disk that is nearly full already is not the run's doing: it fails there as it would anywhere.
        var before = Written().Bytes;
        var all = Math.Min(most ?? long.MaxValue, _hasRoom ? room - ReserveBytes + before : long.MaxValue);
        Most = shares == 1 ? all : before + Math.Max(0, all - before) / shares;
        _watching = WatchAsync();
    }

    /// <summary>The bound on the bytes, and so on each file.</summary>
    public long Most { get; }

    /// <summary>What lay there at the last look.</summary>
    public long Bytes { get; private set; }

    /// <summary>The bound that the run has exceeded; null while it has not.</summary>
    public ExceededBound? Exceeded { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        Exceeded ??= Look(); // what it has left in its last moment
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
        Bytes = bytes;
        if (bytes > Most) return new(BoundKind.WrittenBytes, Most);
        // Others may have filled it, or files of the run that have no name any more, and which no look finds.
        if (_hasRoom && Room() < ReserveBytes / 2) return new(BoundKind.Disk, bytes);
        return files > MostFiles ? new(BoundKind.Files, MostFiles) : null;
    }

    private (int Files, long Bytes) Written()
    {
        var (files, bytes) = (0, 0L);
        foreach (var size in _folders.SelectMany(SizesIn).Take(MostFiles + 1)) (files, bytes) = (files + 1, bytes + size);
        return (files, bytes);
    }

    private static IEnumerable<long> SizesIn(string path)
    {
        using var folder = ChildFolder.TryOpen(path);
        foreach (var size in folder is null ? [] : SizesIn(folder, depth: 1)) yield return size;
    }

    /// <summary>Of everything that has a name there; what is no plain file counts as an empty one.</summary>
    private static IEnumerable<long> SizesIn(ChildFolder folder, int depth)
    {
        foreach (var entry in folder.Entries())
        {
            yield return entry.SizeBytes;
            if (entry is not { Kind: EntryKind.Folder, Name: { } name }) continue;
            if (depth == DeepestFolder)
            {
                // What lies deeper is not counted, so that there may be anything.
                for (var file = 0; file < MostFiles; file++) yield return 0;
                yield break;
            }
            using var inner = folder.TryOpenFolder(name);
            foreach (var size in inner is null ? [] : SizesIn(inner, depth + 1)) yield return size;
        }
    }

    /// <summary>What is free on the disk; more than any run needs where that is not told.</summary>
    private long Room()
    {
        try { return new DriveInfo(_folders[0]).AvailableFreeSpace; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException) { return long.MaxValue / 2; }
    }
}
