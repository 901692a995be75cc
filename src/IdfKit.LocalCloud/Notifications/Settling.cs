namespace IdfKit.LocalCloud.Notifications;

/// <summary>
/// Files that have come or changed and may still grow. One is whole once it has kept its size and time for a while and no program has it
/// open for writing; one that was renamed into its place was whole before.
/// </summary>
internal sealed class Settling(TimeProvider time)
{
    /// <summary>Longer than a copy over a network pauses.</summary>
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan StillAtLeast = TimeSpan.FromMilliseconds(300);

    /// <summary>A program that keeps a file open for ever, as some editors do, does not keep it from being run.</summary>
    private static readonly TimeSpan LongestOpen = TimeSpan.FromSeconds(60);
    private readonly Dictionary<string, Watched> _files = new(StringComparer.Ordinal);

    public int Count => _files.Count;

    public void Forget(string key) => _files.Remove(key);

    /// <summary>Whether it has been begun with this file.</summary>
    public bool HasBegun(string key) => _files.TryGetValue(key, out var watched) && watched.Arrival is Arrival.WasThere;

    /// <summary>Begins with a file that is not known to have changed just now.</summary>
    public void Begin(string key, FileSnapshot seen) => _files[key] = new(seen, time.GetTimestamp(), Arrival.WasThere);

    public void KeepOnly(IReadOnlyDictionary<string, FileSnapshot> present)
    {
        foreach (var gone in _files.Keys.Where(key => !present.ContainsKey(key)).ToList()) _files.Remove(gone);
    }

    /// <summary>Whether the file, as it is seen now, is whole.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="seen">Its size and time.</param>
    /// <param name="wasRenamed">Whether it was renamed into its place.</param>
    /// <param name="isOpen">Asks whether a program has it open for writing; null: nobody can tell.</param>
    public bool IsWhole(string key, FileSnapshot seen, bool wasRenamed, Func<bool?> isOpen)
    {
        if (!_files.TryGetValue(key, out var watched) || watched.Seen != seen)
        {
            _files[key] = new(seen, time.GetTimestamp(), wasRenamed ? Arrival.WasRenamed : Arrival.Came);
            return false;
        }
        if (wasRenamed) _files[key] = watched = watched with { Arrival = Arrival.WasRenamed };
        var still = time.GetElapsedTime(watched.Since);
        if (still < (watched.Arrival is Arrival.Came ? Still : StillAtLeast)) return false;
        if (still < LongestOpen && !IsClosed(watched.Arrival, still, isOpen())) return false;
        _files.Remove(key);
        return true;
    }

    /// <summary>Where nobody can tell, a file that was there may be a copy under way as any other.</summary>
    private static bool IsClosed(Arrival arrival, TimeSpan still, bool? isOpen) =>
        isOpen is { } known ? !known : arrival is not Arrival.WasThere || still >= Still;

    private enum Arrival
    {
        Came,
        WasRenamed,
        WasThere,
    }

    private sealed record Watched(FileSnapshot Seen, long Since, Arrival Arrival);
}

/// <summary>What tells that a file has changed.</summary>
internal readonly record struct FileSnapshot(long Size, DateTime Modified);
