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
    private readonly BucketFolder _folder;
    private readonly Func<IReadOnlyList<string>> _prefixes;
    private readonly Func<string, Task> _dropped;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (FileSnapshot Seen, long Since)> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _renamed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileSnapshot> _unreadable = new(StringComparer.Ordinal);
    private readonly Settling _settling;
    private readonly SemaphoreSlim _changed = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly FileSystemWatcher? _watcher;
    private readonly Task _watching;
    private int _wakes;
    private int _wakesSeen;

    public DroppedFiles(BucketFolder folder, Func<IReadOnlyList<string>> prefixes, Func<string, Task> dropped, TimeProvider time)
    {
        _folder = folder;
        _prefixes = prefixes;
        _dropped = dropped;
        _time = time;
        _settling = new Settling(time);
        foreach (var (key, snapshot) in Look([""])) _known[key] = (snapshot, 0);
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
        get { lock (_gate) return Math.Max(_settling.Count, _wakesSeen == Volatile.Read(ref _wakes) ? 0 : 1); }
    }

    /// <summary>How many files are known to be no news.</summary>
    public int Known
    {
        get { lock (_gate) return _known.Count; }
    }

    /// <summary>From now on a file that is there already is news, as if it had just come.</summary>
    public void TakeAsNew(string key)
    {
        lock (_gate)
        {
            // It counts as unsettled at once, so that nobody thinks that there is nothing to do.
            if (!_known.Remove(key, out var known)) return;
            _settling.Begin(key, known.Seen);
        }
        Wake();
    }

    /// <summary>What has been put over S3 where nobody looked until now is not news.</summary>
    public void PassOverPut(string prefix)
    {
        foreach (var (key, snapshot) in Look([prefix]))
        {
            lock (_gate)
                if (_known.ContainsKey(key) || _settling.HasBegun(key)) continue;
            if (!_folder.IsPut(key, snapshot.Size, snapshot.Modified)) continue;
            lock (_gate)
                if (_known.TryAdd(key, (snapshot, 0))) _settling.Forget(key); // a scan may have met it meanwhile
        }
    }

    /// <summary>A write over S3 is about to put this file in its place: it is not news.</summary>
    public void Expect(string key, FileInfo file)
    {
        lock (_gate)
        {
            _known[key] = (new FileSnapshot(file.Length, file.LastWriteTimeUtc), _time.GetTimestamp());
            _settling.Forget(key);
        }
    }

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
        if (name is null || (IsWatched(KeyOf(name)) && !IsHidden(KeyOf(name)))) Wake();
    }

    private void Renamed(string? name)
    {
        if (name is not null && IsWatched(KeyOf(name)))
            lock (_gate) _renamed.Add(KeyOf(name));
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
                if (IsSettling) await Task.Delay(WhileSettling, _stopping.Token);
                else await _changed.WaitAsync(Longer(BetweenScans, Shorter(took * RestOfQuietScan, MostQuietRest)), _stopping.Token);
                var began = _time.GetTimestamp();
                wakes = Volatile.Read(ref _wakes);
                var news = Scan();
                lock (_gate) _wakesSeen = wakes;
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
                lock (_gate) _wakesSeen = wakes;
                await Task.Delay(WhileSettling, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private bool IsSettling
    {
        get { lock (_gate) return _settling.Count > 0; }
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
            lock (_gate)
            {
                if (!_known.Remove(key, out var known)) return;
                _unreadable[key] = known.Seen;
            }
            if (File.Exists(PathOf(key))) Unreadable?.Invoke(key, e.Message);
        }
    }

    /// <summary>The keys whose files have come or changed and then kept still.</summary>
    private List<string> Scan()
    {
        _folder.Work.Scan();
        var news = new List<string>();
        var prefixes = _prefixes();
        var present = Look(prefixes);
        lock (_gate)
        {
            foreach (var (key, snapshot) in present)
            {
                if (IsStillUnreadable(key, snapshot)) continue;
                if (_known.TryGetValue(key, out var known) && known.Seen == snapshot)
                {
                    _settling.Forget(key);
                }
                else if (_settling.IsWhole(key, snapshot, _renamed.Contains(key), () => OpenForWriting.IsOpen(PathOf(key))))
                {
                    _known[key] = (snapshot, 0);
                    news.Add(key);
                }
            }
            _renamed.Clear();
            _settling.KeepOnly(present);
            // A file that was removed is news when it comes back; one that is expected may not be in its place yet, and is of no account
            // where nobody looks.
            foreach (var gone in _known.Where(IsGone).Select(known => known.Key).ToList()) _known.Remove(gone);
        }
        return news;

        bool IsGone(KeyValuePair<string, (FileSnapshot Seen, long Since)> known) =>
            !present.ContainsKey(known.Key) && _time.GetElapsedTime(known.Value.Since) > BetweenScans
            && (IsUnder(prefixes, known.Key) || (known.Value.Since != 0 && !IsUnder(_prefixes(), known.Key)));
    }

    private static bool IsUnder(IReadOnlyList<string> prefixes, string key) =>
        prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Whether a file that could not be read is the same and cannot be read now, either.</summary>
    private bool IsStillUnreadable(string key, FileSnapshot snapshot)
    {
        if (!_unreadable.TryGetValue(key, out var before)) return false;
        if (before == snapshot && !CanRead(PathOf(key))) return true;
        _unreadable.Remove(key);
        return false;
    }

    private static bool CanRead(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return RandomAccess.Read(file, new byte[1], fileOffset: 0) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; }
    }

    private string PathOf(string key) => Path.Combine(_folder.Root, key);

    private Dictionary<string, FileSnapshot> Look(IReadOnlyList<string> prefixes)
    {
        var present = new Dictionary<string, FileSnapshot>(StringComparer.Ordinal);
        foreach (var prefix in prefixes)
        {
            foreach (var key in KeyListing.Keys(_folder, prefix, withMarkers: false))
            {
                if (IsHidden(key)) continue;
                if (_folder.StateOf(PathOf(key)) is { } state) present[key] = new FileSnapshot(state.Size, state.Modified);
            }
        }
        return present;
    }

    /// <summary>Editors, file managers and copying programs keep their half-made files under such names, or in such folders.</summary>
    private static bool IsHidden(string key) => key.StartsWith('.') || key.Contains("/.", StringComparison.Ordinal);
}
