using System.Collections.Concurrent;

namespace IdfKit.Drops.Studies;

/// <summary>The bases of one study, each fetched when it is asked for, once.</summary>
/// <param name="settings">The function's.</param>
/// <param name="buckets">Where they lie.</param>
/// <param name="bucket">That of the study.</param>
internal sealed class StagedBases(RunSettings settings, IBucketSource buckets, string bucket) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<StagedBase>>> _opened = new(StringComparer.Ordinal);

    public async Task<StagedBase> OfAsync(string key, CancellationToken cancellationToken)
    {
        var drop = new DroppedObject(bucket, ObjectKey.FromText(key));
        var opened = _opened.GetOrAdd(
            key, _ => new(() => StagedBase.OpenAsync(settings, buckets, drop, cancellationToken)));
        try { return await opened.Value.ConfigureAwait(false); }
        catch (Exception)
        {
            _opened.TryRemove(new(key, opened)); // the next row asks anew
            throw;
        }
    }

    /// <summary>To be called when nobody waits for one any more.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened.Values)
            if (opened.Value.IsCompletedSuccessfully) (await opened.Value.ConfigureAwait(false)).Dispose();
    }
}
