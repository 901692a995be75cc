using IdfKit.LocalCloud.Bucket;

namespace IdfKit.LocalCloud.Notifications;

/// <summary>
/// The files of a folder that are known, and which have come or changed since and are whole: those are news. All that is there at the
/// start is known. May be called from several threads.
/// </summary>
internal sealed class KnownFiles
{
    /// <summary>A file that is expected is in its place by then.</summary>
    private static readonly TimeSpan LongestExpected = TimeSpan.FromSeconds(2);

    private readonly BucketFolder _folder;
    private readonly Func<IReadOnlyList<string>> _prefixes;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (FileSnapshot Seen, long Since)> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _renamed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileSnapshot> _unreadable = new(StringComparer.Ordinal);
    private readonly Settling _settling;

    public KnownFiles(BucketFolder folder, Func<IReadOnlyList<string>> prefixes, TimeProvider time)
    {
        (_folder, _prefixes, _time) = (folder, prefixes, time);
        _settling = new Settling(time);
        foreach (var (key, snapshot) in Look([""])) _known[key] = (snapshot, 0);
    }

    /// <summary>How many files are known to be no news.</summary>
    public int Count
    {
        get { lock (_gate) return _known.Count; }
    }

    /// <summary>How many have come or changed and are not known to be whole yet.</summary>
    public int Unsettled
    {
        get { lock (_gate) return _settling.Count; }
    }

    public string PathOf(string key) => Path.Combine(_folder.Root, key);

    /// <summary>Editors, file managers and copying programs keep their half-made files under such names, or in such folders.</summary>
    public static bool IsHidden(string key) => key.StartsWith('.') || key.Contains("/.", StringComparison.Ordinal);

    /// <summary>A known file is as if it had just come, and counts as unsettled at once.</summary>
    /// <returns>False: it is not known.</returns>
    public bool TakeAsNew(string key)
    {
        lock (_gate)
        {
            if (!_known.Remove(key, out var known)) return false;
            _settling.Begin(key, known.Seen);
            return true;
        }
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

    /// <summary>This file is about to be put in its place: it is not news.</summary>
    public void Expect(string key, FileInfo file)
    {
        lock (_gate)
        {
            _known[key] = (new FileSnapshot(file.Length, file.LastWriteTimeUtc), _time.GetTimestamp());
            _settling.Forget(key);
        }
    }

    /// <summary>A file was renamed into its place: it was whole before.</summary>
    public void WasRenamed(string key)
    {
        lock (_gate) _renamed.Add(key);
    }

    /// <summary>A file that was news cannot be read: it is unknown again, so that a later scan tries it.</summary>
    /// <returns>False: it is not known any more.</returns>
    public bool TakeAsUnreadable(string key)
    {
        lock (_gate)
        {
            if (!_known.Remove(key, out var known)) return false;
            _unreadable[key] = known.Seen;
            return true;
        }
    }

    /// <summary>The keys whose files have come or changed and then kept still.</summary>
    public List<string> Scan()
    {
        _folder.Work.Scan();
        var prefixes = _prefixes();
        var present = Look(prefixes);
        lock (_gate)
        {
            List<string> news = [.. present.Where(file => IsNews(file.Key, file.Value)).Select(file => file.Key)];
            _renamed.Clear();
            _settling.KeepOnly(present);
            // A file that was removed is news when it comes back.
            foreach (var gone in _known.Where(known => IsGone(known.Key, known.Value.Since)).Select(known => known.Key).ToList())
                _known.Remove(gone);
            return news;
        }

        // One that is expected may not be in its place yet, and is of no account where nobody looks.
        bool IsGone(string key, long since) => !present.ContainsKey(key) && _time.GetElapsedTime(since) > LongestExpected
            && (IsUnder(prefixes, key) || (since != 0 && !IsUnder(_prefixes(), key)));
    }

    private bool IsNews(string key, FileSnapshot snapshot)
    {
        if (IsStillUnreadable(key, snapshot)) return false;
        if (_known.TryGetValue(key, out var known) && known.Seen == snapshot)
        {
            _settling.Forget(key);
            return false;
        }
        if (!_settling.IsWhole(key, snapshot, _renamed.Contains(key), () => OpenForWriting.IsOpen(PathOf(key)))) return false;
        _known[key] = (snapshot, 0);
        return true;
    }

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

    private static bool IsUnder(IReadOnlyList<string> prefixes, string key) =>
        prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    private Dictionary<string, FileSnapshot> Look(IReadOnlyList<string> prefixes)
    {
        var present = new Dictionary<string, FileSnapshot>(StringComparer.Ordinal);
        foreach (var key in prefixes.SelectMany(prefix => KeyListing.Keys(_folder, prefix, withMarkers: false)))
            if (!IsHidden(key) && _folder.StateOf(PathOf(key)) is { } state) present[key] = new FileSnapshot(state.Size, state.Modified);
        return present;
    }
}
