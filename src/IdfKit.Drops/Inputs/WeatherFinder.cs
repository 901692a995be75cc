using IdfKit.Drops.Notes;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Inputs;

/// <summary>
/// Finds the weather of a model, in this order: the job file, the object's metadata, <c>office.epw</c> beside
/// <c>office.idf</c>, the single <c>.epw</c> of the folder, the configured default.
/// </summary>
internal sealed class WeatherFinder(IBucketSource buckets, string bucket, ObjectKey model, string destination)
{
    private readonly List<string> _lookedFor = [];
    private readonly List<string> _missing = [];

    /// <summary>What was looked for, for the message when nothing was found.</summary>
    public string LookedFor => string.Join(", ", _lookedFor);

    /// <summary>Of what was looked for, what may still arrive in the model's bucket.</summary>
    public IReadOnlyList<string> Missing => _missing;

    public ObjectKey SiblingKey { get; } = ObjectKey.FromText(model.WithoutExtension + ".epw");

    /// <summary>A file that somebody named: relative to the model's folder, from the bucket's root, or an <c>s3://</c> URL.</summary>
    public async Task<(RunWeather? Weather, Rejection? Rejection)> FindNamedAsync(string name, string source, CancellationToken cancellationToken)
    {
        var said = source == "job_file" ? "the job file" : source == "metadata" ? "the model's metadata" : "the default weather";
        if (Parse(name) is not { } candidates)
            return (null, new(RunReason.NoWeather, $"The weather '{name}' that {said} names is no key and no s3://bucket/key URL."));
        var named = new List<string>();
        foreach (var (inBucket, key) in candidates)
        {
            if (await FetchAsync(inBucket, key, source, cancellationToken).ConfigureAwait(false) is { } weather) return (weather, null);
            _lookedFor.Add(S3Url.Of(inBucket, key.Value));
            if (inBucket == bucket) named.Add(key.Value);
        }
        return (null, new(RunReason.NoWeather, $"The weather '{name}' that {said} names does not exist; looked for {LookedFor}.") { Missing = named });
    }

    /// <summary><c>office.epw</c> beside the model.</summary>
    public async Task<RunWeather?> FindSiblingAsync(CancellationToken cancellationToken)
    {
        _lookedFor.Add(S3Url.Of(bucket, SiblingKey.Value));
        _missing.Add(SiblingKey.Value);
        return await FetchAsync(bucket, SiblingKey, "sibling", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The single <c>.epw</c> of the model's folder; two are a choice that nobody has made.</summary>
    public async Task<RunWeather?> FindInFolderAsync(CancellationToken cancellationToken)
    {
        var single = default(string);
        var count = 0;
        await foreach (var path in buckets.Open(bucket).GlobAsync(model.Folder, "*.[eE][pP][wW]", cancellationToken).ConfigureAwait(false))
        {
            single = path;
            if (++count > 1) break;
        }
        if (count == 0) _missing.Add(LateCompanion.AnyWeatherIn(model.Folder));
        _lookedFor.Add(count > 1 ? $"a single .epw in s3://{bucket}/{model.Folder} (there are several)" : $"a single .epw in s3://{bucket}/{model.Folder}");
        return count == 1 ? await FetchAsync(bucket, ObjectKey.FromText(single!), "folder", cancellationToken).ConfigureAwait(false) : null;
    }

    private IEnumerable<(string Bucket, ObjectKey Key)>? Parse(string name)
    {
        if (S3Url.TryParse(name, out var url)) return url.Key.IsPath ? [(url.Bucket, url.Key)] : null;
        var fromRoot = ObjectKey.FromText(name.TrimStart('/'));
        if (name.Contains("://", StringComparison.Ordinal) || !fromRoot.IsPath) return null;
        if (model.Folder.Length == 0 || name.StartsWith('/')) return [(bucket, fromRoot)];
        return [(bucket, ObjectKey.FromText(model.Folder + "/" + name)), (bucket, fromRoot)];
    }

    private async Task<RunWeather?> FetchAsync(string from, ObjectKey key, string source, CancellationToken cancellationToken)
    {
        try
        {
            var entry = await buckets.Open(from).DownloadAsync(key.Value, destination, progress: null, cancellationToken).ConfigureAwait(false);
            return new(from, key.Value, source) { ETag = entry.ETag, SizeBytes = entry.SizeBytes, VersionId = entry.VersionId };
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; }
    }
}
