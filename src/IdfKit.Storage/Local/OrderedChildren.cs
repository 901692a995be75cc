namespace IdfKit.Storage.Local;

/// <summary>
/// What a folder on disk holds, in the order of listings, collected entry by entry; with a limit only the first ones, so
/// that memory does not grow with the folder. A folder sorts as its name with <c>/</c>, so that "a-b", "a/c" and "ab"
/// come out as the bytes of their paths order them.
/// </summary>
/// <param name="limit">Most that are wanted; null: all.</param>
/// <param name="counts">Whether an entry, by its key, is one of those; asked only where there is a limit.</param>
internal sealed class OrderedChildren(int? limit = null, Func<string, FileSystemInfo, bool>? counts = null)
{
    private readonly List<(string Key, FileSystemInfo Info)> _children = [];
    private string? _last;

    /// <param name="key">The entry's name, with <c>/</c> behind that of a folder.</param>
    /// <param name="info">The entry.</param>
    public void Add(string key, FileSystemInfo info)
    {
        if (limit is null)
        {
            _children.Add((key, info));
            return;
        }
        if (_last is not null && StoragePath.Order.Compare(key, _last) > 0 || counts?.Invoke(key, info) is false) return;
        _children.Add((key, info));
        if (_children.Count >= 2L * limit) Cut(limit.Value);
    }

    public IReadOnlyList<(string Key, FileSystemInfo Info)> InOrder()
    {
        _children.Sort(static (left, right) => StoragePath.Order.Compare(left.Key, right.Key));
        return _children;
    }

    // Twice as many are held as are wanted, so that one in so many additions sorts.
    private void Cut(int most)
    {
        InOrder();
        _children.RemoveRange(most, _children.Count - most);
        _last = _children[^1].Key;
    }
}
