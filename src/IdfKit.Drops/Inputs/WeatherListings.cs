using IdfKit.Drops.Notes;
using IdfKit.Storage;

namespace IdfKit.Drops.Inputs;

/// <summary>
/// The weather files of the folder that was listed last, for the next models of that folder: of thousands that are dropped at once each
/// would list them all. A listing counts for a model where the one before it showed that very model: then it was begun after the drop, and
/// the run finds what it would have found, had it begun at that moment. That there is none to choose is never taken from here.
/// </summary>
internal sealed class WeatherListings(TimeProvider time)
{
    private const int MostModels = 20_000, MostWeather = 10_000; // some 200 bytes each
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(10);

    private volatile Listing? _last;

    /// <summary>The weather that was right in a model's folder; empty: it is not known, and the folder is to be listed.</summary>
    /// <param name="bucket">That of the model.</param>
    /// <param name="folder">That of the model.</param>
    /// <param name="model">The object as it has been fetched.</param>
    public IReadOnlyList<string> Remembered(string bucket, string folder, FileEntry model) =>
        _last is { } last && last.IsOf(bucket, folder) && time.GetElapsedTime(last.Began) < Lasts
            && Shown.Of(model) is { } shown && last.ShownBefore.Contains(shown)
            ? last.Weather
            : [];

    /// <summary>The weather that is right in a folder now; null when it may not be listed. One LIST for each thousand files.</summary>
    public async Task<List<string>?> ListAsync(IAsyncFileSystem files, string bucket, string folder, CancellationToken cancellationToken)
    {
        var before = _last is { } last && last.IsOf(bucket, folder) ? last.Models : [];
        var listing = new Listing(bucket, folder, time.GetTimestamp(), before);
        try
        {
            await foreach (var entry in files.ListFolderAsync(folder, options: null, cancellationToken).ConfigureAwait(false))
            {
                listing.Add(entry);
                if (listing.Weather.Count == MostWeather) break;
            }
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return null; }
        _last = listing;
        return listing.Weather;
    }

    private sealed record Listing(string Bucket, string Folder, long Began, HashSet<Shown> ShownBefore)
    {
        private static readonly GlobPattern WeatherName = new(LateCompanion.WeatherPattern);

        public List<string> Weather { get; } = [];

        public HashSet<Shown> Models { get; } = [];

        public bool IsOf(string bucket, string folder) => Bucket == bucket && Folder == folder;

        public void Add(FileEntry entry)
        {
            if (entry.IsFolder) return;
            var key = ObjectKey.FromText(entry.Path);
            if (WeatherName.IsMatch(key.Name)) Weather.Add(entry.Path);
            else if (OutputLayout.IsModelOrBundle(key) && Models.Count < MostModels && Shown.Of(entry) is { } shown) Models.Add(shown);
        }
    }

    /// <summary>An object in one state, as listings and downloads tell of it: of its time downloads say the second.</summary>
    private readonly record struct Shown(string Path, string ETag, long Second)
    {
        public static Shown? Of(FileEntry entry) => entry is { ETag: { } etag, Modified: { } modified }
            ? new(entry.Path, etag, modified.ToUnixTimeSeconds())
            : null;
    }
}
