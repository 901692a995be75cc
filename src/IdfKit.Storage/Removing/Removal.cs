namespace IdfKit.Storage.Removing;

/// <summary>The removal of many files: what fails does not keep the rest, and is said at the end.</summary>
/// <param name="operation">What the caller asked for.</param>
internal sealed class Removal(string operation)
{
    private readonly List<StorageException> _failures = [];
    private int _tried;

    /// <summary>Removes one file after the other.</summary>
    /// <exception cref="StorageException">As <see cref="ThrowIfAnyFailed"/>; before anything is removed
    /// <see cref="StorageErrorKind.InvalidPath"/>.</exception>
    public static void Each(IEnumerable<string> paths, string operation, Action<string> remove)
    {
        var removal = new Removal(operation);
        foreach (var path in Checked(paths, operation)) removal.Remove(() => remove(path));
        removal.ThrowIfAnyFailed();
    }

    /// <inheritdoc cref="Each"/>
    public static async Task EachAsync(IEnumerable<string> paths, string operation, Func<string, Task> remove)
    {
        var removal = new Removal(operation);
        foreach (var path in Checked(paths, operation)) await removal.RemoveAsync(() => remove(path)).ConfigureAwait(false);
        removal.ThrowIfAnyFailed();
    }

    /// <summary>The paths as a list, each checked before anything is removed, none twice.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidPath"/>.</exception>
    public static List<string> Checked(IEnumerable<string> paths, string operation)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var checkedPaths = paths.Distinct(StringComparer.Ordinal).ToList();
        foreach (var path in checkedPaths) StoragePath.Check(path, operation);
        return checkedPaths;
    }

    /// <summary>Removes one; that it is gone already is as good.</summary>
    private void Remove(Action remove)
    {
        _tried++;
        try { remove(); }
        catch (StorageException error) when (error.Kind == StorageErrorKind.NotFound) { return; }
        catch (StorageException error) { _failures.Add(error); }
    }

    /// <inheritdoc cref="Remove"/>
    private async Task RemoveAsync(Func<Task> remove)
    {
        _tried++;
        try { await remove().ConfigureAwait(false); }
        catch (StorageException error) when (error.Kind == StorageErrorKind.NotFound) { return; }
        catch (StorageException error) { _failures.Add(error); }
    }

    /// <summary>Notes what the server said of one of several that were tried together.</summary>
    public void Note(int tried, IEnumerable<StorageException> failures)
    {
        _tried += tried;
        _failures.AddRange(failures);
    }

    /// <summary>Says the first failure, and how many there were.</summary>
    /// <exception cref="StorageException">As the first failure, with all of them as its cause.</exception>
    public void ThrowIfAnyFailed()
    {
        if (_failures.Count == 0) return;
        var first = _failures[0];
        throw new StorageException(first.Kind, operation, first.Path,
            $"{operation} could not remove {_failures.Count} of {_tried} files; the first: {first.Message}",
            _failures.TrueForAll(static failure => failure.IsTransient), new AggregateException(_failures));
    }
}
