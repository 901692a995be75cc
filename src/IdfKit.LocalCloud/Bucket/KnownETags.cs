using System.Collections.Concurrent;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>
/// The ETags of files that have been looked at, each for the state in which the file was: neither its content nor its record is read again
/// while that is the same. So many are kept that a folder of models stays known; of more, those that were asked for lately.
/// </summary>
internal sealed class KnownETags
{
    private const int MostInHalf = 200_000; // some 250 bytes each

    private readonly Lock _gate = new();
    private ConcurrentDictionary<string, (FileState State, string ETag)> _lately = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, (FileState State, string ETag)> _before = new(StringComparer.Ordinal);
    private int _kept; // in the first: that dictionary's own Count waits for all its locks

    /// <summary>Null: it is not known of the file as it is now.</summary>
    public string? Find(string key, FileState state)
    {
        if (_lately.TryGetValue(key, out var known)) return known.State == state ? known.ETag : null;
        if (!_before.TryGetValue(key, out known) || known.State != state) return null;
        Keep(key, known);
        return known.ETag;
    }

    /// <summary>Remembers what was found out after the state was seen, unless the file may have changed since and not show it.</summary>
    /// <param name="key">The object.</param>
    /// <param name="state">Its file's.</param>
    /// <param name="seen">Just before the state was looked at.</param>
    /// <param name="etag">What was found out.</param>
    public void Add(string key, FileState state, DateTimeOffset seen, string etag)
    {
        if (state.IsSettled(seen)) Keep(key, (state, etag));
    }

    public void Forget(string key)
    {
        _lately.TryRemove(key, out _);
        _before.TryRemove(key, out _);
    }

    private void Keep(string key, (FileState State, string ETag) known)
    {
        lock (_gate)
        {
            if (_kept == MostInHalf)
                (_before, _lately, _kept) = (_lately, new ConcurrentDictionary<string, (FileState, string)>(StringComparer.Ordinal), 0);
            if (_lately.TryAdd(key, known)) _kept++;
            else _lately[key] = known;
        }
    }
}
