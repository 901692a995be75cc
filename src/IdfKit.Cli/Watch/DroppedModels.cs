using IdfKit.Cli.Places;
using IdfKit.Drops;

namespace IdfKit.Cli.Watch;

/// <summary>The models that lie in the inputs, by the folder of their results. Listed from time to time, since few come.</summary>
internal sealed class DroppedModels(Place place, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(60);
    private long? _listed;

    public Dictionary<string, DroppedModel> ByFolder { get; private set; } = [];

    /// <summary>Lists them, unless that was done a while ago; false: it was not done.</summary>
    /// <param name="folder">Of the runs that are watched.</param>
    /// <param name="isForced">Whatever the time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> LookAsync(string folder, bool isForced, CancellationToken cancellationToken)
    {
        if (!place.IsBucket || !isForced && _listed is { } last && time.GetElapsedTime(last) < Between) return false;
        var found = new Dictionary<string, DroppedModel>(StringComparer.Ordinal);
        var below = folder.Length == 0 ? "" : folder + "/";
        await foreach (var entry in place.Files.ListAsync(place.Inputs, cancellationToken))
        {
            var key = ObjectKey.FromText(entry.Path);
            if (!OutputLayout.IsModelOrBundle(key) || place.Layout.WhyNotRun(key, inOutputBucket: true) is not null) continue;
            var results = place.Layout.FolderOf(key);
            if (results.StartsWith(below, StringComparison.Ordinal)) found[results[below.Length..]] = new(entry.Path, entry.Modified);
        }
        (ByFolder, _listed) = (found, time.GetTimestamp());
        return true;
    }
}

/// <summary>A model in the inputs.</summary>
/// <param name="Key">Where it lies.</param>
/// <param name="Modified">When it was put.</param>
internal readonly record struct DroppedModel(string Key, DateTimeOffset? Modified);
