namespace IdfKit.LocalCloud.Notifications;

/// <summary>
/// Files that have come or changed and may still grow. One is whole once it has kept its size and time for a while and no program has it
/// open for writing; one that was renamed into its place was whole before.
/// </summary>
internal sealed class Settling(TimeProvider time)
{
    /// <summary>Longer than a copy over a network pauses.</summary>
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan StillAfterRename = TimeSpan.FromMilliseconds(300);

    /// <summary>A program that keeps a file open for ever, as some editors do, does not keep it from being run.</summary>
    private static readonly TimeSpan LongestOpen = TimeSpan.FromSeconds(60);
    private readonly Dictionary<string, Watched> _files = new(StringComparer.Ordinal);

    public int Count => _files.Count;

    public void Forget(string key) => _files.Remove(key);

    public void KeepOnly(IReadOnlyDictionary<string, FileSnapshot> present)
    {
        foreach (var gone in _files.Keys.Where(key => !present.ContainsKey(key)).ToList()) _files.Remove(gone);
    }

    /// <summary>Whether the file, as it is seen now, is whole.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="seen">Its size and time.</param>
    /// <param name="wasRenamed">Whether it was renamed into its place.</param>
    /// <param name="isOpen">Asks whether a program has it open for writing.</param>
    public bool IsWhole(string key, FileSnapshot seen, bool wasRenamed, Func<bool> isOpen)
    {
        if (!_files.TryGetValue(key, out var watched) || watched.Seen != seen)
        {
            _files[key] = new(seen, time.GetTimestamp(), wasRenamed);
            return false;
        }
        if (wasRenamed && !watched.WasRenamed) _files[key] = watched = watched with { WasRenamed = true };
        var still = time.GetElapsedTime(watched.Since);
        if (still < (watched.WasRenamed ? StillAfterRename : Still)) return false;
        if (still < LongestOpen && isOpen()) return false;
        _files.Remove(key);
        return true;
    }

    private sealed record Watched(FileSnapshot Seen, long Since, bool WasRenamed);
}

/// <summary>What tells that a file has changed.</summary>
internal readonly record struct FileSnapshot(long Size, DateTime Modified);
