using System.Runtime.CompilerServices;

using IdfKit.Drops.Notes;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Inputs;

/// <summary>The bucket as if the bundle had been unpacked where it lies: its files first, then what is beside it.</summary>
internal sealed class UnpackedBundle(DroppedObject bundle, FileEntry entry, string folder, IBucketSource buckets)
    : IBucketSource, IAsyncFileSystem
{
    private readonly IAsyncFileSystem _bucket = buckets.Open(bundle.Bucket);
    private readonly AsyncLocalFileSystem _files = Unpacked(folder);
    private readonly string _prefix = bundle.Key.Folder.Length == 0 ? "" : bundle.Key.Folder + "/";

    /// <summary>The bundle that was unpacked in <paramref name="folder"/>.</summary>
    public static UnpackedBundle In(string folder, DroppedObject bundle, FileEntry entry, IBucketSource buckets) =>
        new(bundle, entry, folder, buckets);

    public StorageCapabilities Capabilities => StorageCapabilities.Stat;

    /// <summary>Where a file of the bundle seems to lie.</summary>
    public ObjectKey KeyOf(string path) => ObjectKey.FromText(_prefix + path);

    /// <summary>Weather from the bundle is told by the bundle's own key.</summary>
    public RunWeather? Told(RunWeather? weather) =>
        weather is { } found && found.Bucket == bundle.Bucket && InBundle(found.Key) is { } path
            ? found with { Key = $"{bundle.Key}/{path}" }
            : weather;

    /// <summary>How people know a file that is looked for: by the bundle that it is in, else by its key.</summary>
    public string Show(string key) =>
        InBundle(key) is { } path ? $"{bundle.Url}/{path}" : S3Url.Of(bundle.Bucket, key);

    /// <summary>Of keys that a model waits for, those that may arrive: what is in the bundle goes before anything beside it.</summary>
    public IReadOnlyList<string> MayArrive(IReadOnlyList<string> missing) =>
        [.. missing.Where(key => InBundle(key) is null)];

    public IAsyncFileSystem Open(string bucket) => bucket == bundle.Bucket ? this : buckets.Open(bucket);

    public async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default)
    {
        var (files, name) = await WhereAsync(path, cancellationToken).ConfigureAwait(false);
        return await files.ReadBytesAsync(name, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default)
    {
        var (files, name) = await WhereAsync(path, cancellationToken).ConfigureAwait(false);
        return await files.OpenReadAsync(name, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default)
    {
        var (files, name) = await WhereAsync(path, cancellationToken).ConfigureAwait(false);
        return await files.ExistsAsync(name, cancellationToken).ConfigureAwait(false);
    }

    public async Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var (files, name) = await WhereAsync(path, cancellationToken).ConfigureAwait(false);
        var found = await files.DownloadAsync(name, localPath, progress, cancellationToken).ConfigureAwait(false);
        return files == _bucket ? found : found with { Path = path, ETag = null, Metadata = entry.Metadata };
    }

    /// <summary>
    /// The bundle's files, then those beside it. Weather of the bundle goes before that beside it, wherever in the bundle it is.
    /// </summary>
    public async IAsyncEnumerable<string> GlobAsync(
        string path, string pattern, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var isWeather = pattern == LateCompanion.WeatherPattern;
        var found = new SortedSet<string>(StoragePath.Order);
        if (Inside(path.Length == 0 ? "" : path + "/") is { } inside)
            found.UnionWith(await InBundleAsync(inside.TrimEnd('/'), pattern, cancellationToken).ConfigureAwait(false));
        if (isWeather && found.Count == 0)
            found.UnionWith(await InBundleAsync("", "**/" + pattern, cancellationToken).ConfigureAwait(false));
        foreach (var key in found) yield return key;
        if (isWeather && found.Count > 0) yield break;
        await foreach (var key in _bucket.GlobAsync(path, pattern, cancellationToken).ConfigureAwait(false))
            if (!found.Contains(key)) yield return key;
    }

    private async Task<List<string>> InBundleAsync(string inside, string pattern, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.Combine(folder, inside))) return [];
        var files = _files.GlobAsync(inside, pattern, cancellationToken);
        return await files.Select(file => _prefix + file).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        throw ReadOnly();

    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) => throw ReadOnly();

    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) => throw ReadOnly();

    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => throw ReadOnly();

    private static AsyncLocalFileSystem Unpacked(string folder) => new(folder);

    private static NotSupportedException ReadOnly() => new("Inputs are only read.");

    /// <summary>The path of a file that is in the bundle.</summary>
    private string? InBundle(string key) => Inside(key) is { } path && File.Exists(Path.Combine(folder, path)) ? path : null;

    private string? Inside(string key) => key.StartsWith(_prefix, StringComparison.Ordinal) ? key[_prefix.Length..] : null;

    private async Task<(IAsyncFileSystem Files, string Path)> WhereAsync(string path, CancellationToken cancellationToken) =>
        Inside(path) is { Length: > 0 } inside && await _files.ExistsAsync(inside, cancellationToken).ConfigureAwait(false)
            ? (_files, inside)
            : (_bucket, path);
}
