using System.Collections.Concurrent;

using IdfKit.Drops.Claims;
using IdfKit.Runs;
using IdfKit.Runs.Caching;
using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Drops.Caching;

/// <summary>
/// Results of completed runs, kept under a hash of all that decides them: <c>entry.json</c>, which is written last,
/// with the files beside it. What is kept is copied by the server where the cache lies in the bucket of the results.
/// </summary>
/// <remarks>
/// An entry is believed only if it is whole, is of this key, and each of its files still has the size and the ETag that
/// it was kept with; else it is thrown away and the model is simulated again. A cache that cannot be written to is
/// slow, not broken.
/// </remarks>
internal sealed class ResultCache(IAsyncFileSystem cache, string prefix, IAsyncFileSystem results)
{
    private const string EntryName = "entry.json";

    /// <summary>The cache that the settings name; null: none.</summary>
    public static ResultCache? Of(RunSettings settings, ResultsPlace place, IBucketSource buckets)
    {
        if (settings.Cache is not { } location) return null;
        if (!S3Url.TryParse(location, out var url)) return new(place.Files, location, place.Files);
        var files = url.Bucket == place.Bucket ? place.Files : buckets.Open(url.Bucket);
        return new(files, url.Key.Value, place.Files);
    }

    /// <summary>The key of a prepared run: what decides its results, and what is written onto them.</summary>
    public static Task<CacheKey> KeyOfAsync(ModelRun run, CancellationToken cancellationToken)
    {
        var (request, record) = (run.Request, run.Record);
        var tags = record.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).SelectMany(tag => new[] { tag.Key, tag.Value });
        string[] marks = [record.Label ?? "", .. tags, "outputs", .. KeptBy(request)];
        return CacheKey.OfAsync(run, marks, cancellationToken);
    }

    /// <summary>The entry of a run, if it can be trusted. Costs one GET, and one HEAD a file when there is one.</summary>
    public async Task<CachedRun?> FindAsync(CacheKey key, CancellationToken cancellationToken)
    {
        try
        {
            if (await ReadAsync(key, cancellationToken).ConfigureAwait(false) is not { } entry) return null;
            if (await AreWholeAsync(key, entry, cancellationToken).ConfigureAwait(false)) return entry;
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound or StorageErrorKind.AccessDenied || e.IsTransient)
        {
            return null;
        }
        await ForgetAsync(key, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>
    /// Brings the results of an earlier run to <paramref name="folder"/>; false when one is gone or may not be read. They go through
    /// this process, since no server but Amazon's copies under a condition.
    /// </summary>
    public async Task<bool> TryCopyAsync(CacheKey key, CachedRun entry, ClaimedFolder folder, CancellationToken cancellationToken)
    {
        var marks = new ResultMarks(entry.Record.Label, entry.Record.Tags).On(results);
        Task TakeAsync(CachedFile file, CancellationToken token) => folder.Has(file.Path)
            ? Task.CompletedTask
            : folder.TryWriteAsync(
                file.Path, marks with { ContentType = ContentTypes.Of(file.Path), ContentEncoding = EncodingOf(entry.Record, file.Path) },
                (path, options, stop) => BringAsync(At(key, file.Path), path, options, stop), token);
        try
        {
            await folder.UntilWrittenAsync(token => ForEachAsync(entry.Files, TakeAsync, token), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound or StorageErrorKind.AccessDenied) { return false; }
    }

    private async Task<FileEntry> BringAsync(string source, string target, WriteOptions options, CancellationToken cancellationToken)
    {
        var content = await cache.OpenReadAsync(source, cancellationToken).ConfigureAwait(false);
        await using var reading = content.ConfigureAwait(false);
        return await results.WriteAsync(target, content, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Keeps what a completed run has just written to <paramref name="folder"/>, if nobody else has taken that over since.
    /// </summary>
    public async Task KeepAsync(
        CacheKey key, RunRecord record, string folder, ClaimedFolder claimed, CancellationToken cancellationToken)
    {
        try
        {
            var kept = new ConcurrentBag<CachedFile>();
            await ForEachAsync(record.Files, async (file, token) =>
            {
                var target = At(key, file.Path);
                await CopyAsync(results, $"{folder}/{file.Path}", cache, target, token).ConfigureAwait(false);
                var entry = await cache.StatAsync(target, token).ConfigureAwait(false);
                kept.Add(new(file.Path, entry.SizeBytes, entry.ETag));
            }, cancellationToken).ConfigureAwait(false);
            await claimed.RequireHeldAsync(cancellationToken).ConfigureAwait(false);
            var files = kept.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
            using var json = new MemoryStream(CachedRun.Of(key, record, files).ToJson(), writable: false);
            var asJson = new WriteOptions { ContentType = "application/json" };
            await cache.WriteAsync(At(key, EntryName), json, asJson, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException) { return; } // the next run of the same simulates again
    }

    private async Task<CachedRun?> ReadAsync(CacheKey key, CancellationToken cancellationToken)
    {
        var json = await cache.ReadBytesAsync(At(key, EntryName), cancellationToken).ConfigureAwait(false);
        if (CachedRun.FromJson(json) is { } entry && entry.IsOf(key)) return entry;
        await ForgetAsync(key, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<bool> AreWholeAsync(CacheKey key, CachedRun entry, CancellationToken cancellationToken)
    {
        var altered = 0;
        await ForEachAsync(entry.Files, async (file, token) =>
        {
            var found = await cache.StatAsync(At(key, file.Path), token).ConfigureAwait(false);
            if (found.SizeBytes != file.SizeBytes || found.ETag != file.ETag) Interlocked.Increment(ref altered);
        }, cancellationToken).ConfigureAwait(false);
        return altered == 0;
    }

    private async Task ForgetAsync(CacheKey key, CancellationToken cancellationToken)
    {
        try { await cache.RemoveAsync(At(key, EntryName), cancellationToken).ConfigureAwait(false); }
        catch (StorageException) { return; } // gone already, or a cache that cannot be written to
    }

    private string At(CacheKey key, string name) => prefix + key.PathOf(name);

    private static async Task CopyAsync(
        IAsyncFileSystem from, string source, IAsyncFileSystem to, string target, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(from, to))
        {
            await to.CopyAsync(source, target, cancellationToken).ConfigureAwait(false);
            return;
        }
        var content = await from.OpenReadAsync(source, cancellationToken).ConfigureAwait(false);
        await using var reading = content.ConfigureAwait(false);
        await to.WriteAsync(
            target, content, new WriteOptions { ContentType = ContentTypes.Of(source) }, cancellationToken).ConfigureAwait(false);
    }

    private static IReadOnlyList<string> KeptBy(RunRequest request) =>
        request.Outputs ?? [OutputProfiles.NameOf(request.Profile), request.Compresses ? "compressed" : "plain"];

    private static string? EncodingOf(RunRecord record, string path) =>
        record.Files.FirstOrDefault(file => file.Path == path)?.ContentEncoding;

    private static Task ForEachAsync<T>(IReadOnlyList<T> items, Func<T, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = ResultUpload.Concurrency, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(items, options, async (item, token) => await act(item, token).ConfigureAwait(false));
    }
}
