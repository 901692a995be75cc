using IdfKit.LocalCloud.Bucket;

namespace IdfKit.LocalCloud.Notifications;

/// <summary>Notices files that come into the folder without S3: copied, saved, moved. A file counts once it is whole
/// (<see cref="Settling"/>). Files that are there at the start are not news, as in S3, unless they are made so.</summary>
internal sealed class DroppedFiles : IAsyncDisposable
{
    private static readonly TimeSpan BetweenScans = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhileSettling = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MostRest = TimeSpan.FromSeconds(1), MostQuietRest = TimeSpan.FromSeconds(30);
    private const int RestOfScan = 4, RestOfQuietScan = 50; // times as long as the scan took: a large folder does not keep a processor busy
    private readonly KnownFiles _files;
    private readonly Func<IReadOnlyList<string>> _prefixes;
    private readonly Func<string, Task> _dropped;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _changed = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly FileSystemWatcher? _watcher;
    private readonly Task _watching;
    private int _wakes;
    private int _wakesSeen;

    public DroppedFiles(BucketFolder folder, Func<IReadOnlyList<string>> prefixes, Func<string, Task> dropped, TimeProvider time)
    {
        _prefixes = prefixes;
        _dropped = dropped;
        _time = time;
        _files = new KnownFiles(folder, prefixes, time);
        _watcher = Watch(folder.Root);
        _watching = WatchAsync();
    }

    /// <summary>Told once of each file that came and cannot be read: its key, and why.</summary>
    public Action<string, string>? Unreadable { get; set; }

    /// <summary>
    /// How many files have come or changed and are not known to be whole yet. Changes that nobody has looked at so far count as one.
    /// </summary>
    public int Unsettled
    {
        get
        {
            // In this order: what a scan has seen is among the files by the time that it counts as seen.
            var unseen = Volatile.Read(ref _wakesSeen) == Volatile.Read(ref _wakes) ? 0 : 1;
            return Math.Max(_files.Unsettled, unseen);
        }
    }

    /// <summary>How many files are known to be no news.</summary>
    public int Known => _files.Count;

    /// <summary>From now on a file that is there already is news, as if it had just come.</summary>
    public void TakeAsNew(string key)
    {
        if (_files.TakeAsNew(key)) Wake();
    }

    /// <summary>What has been put over S3 where nobody looked until now is not news.</summary>
    public void PassOverPut(string prefix) => _files.PassOverPut(prefix);

    /// <summary>A write over S3 is about to put this file in its place: it is not news.</summary>
    public void Expect(string key, FileInfo file) => _files.Expect(key, file);

    public async ValueTask DisposeAsync()
    {
        _watcher?.Dispose();
        await _stopping.CancelAsync();
        await _watching;
        _stopping.Dispose();
        _changed.Dispose();
    }

    private FileSystemWatcher? Watch(string root)
    {
        try
        {
            var watcher = new FileSystemWatcher(root) { IncludeSubdirectories = true };
            watcher.Created += (_, e) => Changed(e.Name);
            watcher.Changed += (_, e) => Changed(e.Name);
            watcher.Renamed += (_, e) => Renamed(e.Name);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (IOException)
        {
            // The system's limit of watches is reached: the scans alone notice files, a little later.
            return null;
        }
    }

    private void Changed(string? name)
    {
        if (name is null || (IsWatched(KeyOf(name)) && !KnownFiles.IsHidden(KeyOf(name)))) Wake();
    }

    private void Renamed(string? name)
    {
        if (name is not null && IsWatched(KeyOf(name))) _files.WasRenamed(KeyOf(name));
        Changed(name);
    }

    /// <summary>Whether a file of this name is looked at, or one in a folder of this name: results are written all the time.</summary>
    private bool IsWatched(string key) => !key.StartsWith(ObjectKey.HiddenFolder, StringComparison.Ordinal) && _prefixes().Any(prefix =>
        key.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(key + "/", StringComparison.Ordinal));

    private static string KeyOf(string name) => name.Replace(Path.DirectorySeparatorChar, '/');

    private void Wake()
    {
        Interlocked.Increment(ref _wakes);
        if (!_stopping.IsCancellationRequested && _changed.CurrentCount == 0) _changed.Release();
    }

    private async Task WatchAsync()
    {
        await Task.Yield();
        var (took, wakes) = (TimeSpan.Zero, 0);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Shorter(took * RestOfScan, MostRest), _time, _stopping.Token);
                if (_files.Unsettled > 0) await Task.Delay(WhileSettling, _stopping.Token);
                else await _changed.WaitAsync(Longer(BetweenScans, Shorter(took * RestOfQuietScan, MostQuietRest)), _stopping.Token);
                var began = _time.GetTimestamp();
                wakes = Volatile.Read(ref _wakes);
                var news = _files.Scan();
                Volatile.Write(ref _wakesSeen, wakes);
                took = Shorter(_time.GetElapsedTime(began), MostQuietRest); // a disk that hung, a machine that slept
                foreach (var key in news) await AnnounceAsync(key);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A folder went away while it was looked at: the next scan tries again.
                Volatile.Write(ref _wakesSeen, wakes);
                await Task.Delay(WhileSettling, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>What cannot be read is unknown again, so that a later scan tries it; it keeps no other from being told.</summary>
    private async Task AnnounceAsync(string key)
    {
        try
        {
            await _dropped(key);
        }
        catch (S3Exception e)
        {
            Unreadable?.Invoke(key, e.Message); // such as a key that is too long: it stays so, and is told once
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_files.TakeAsUnreadable(key) && File.Exists(_files.PathOf(key))) Unreadable?.Invoke(key, e.Message);
        }
    }
}
