using System.Collections.Concurrent;

using IdfKit.Engine.Schemas;
using IdfKit.Runs;

namespace IdfKit.Drops.Studies;

/// <summary>What the calls of studies work with, for as long as the process lives.</summary>
/// <param name="Settings">Prefixes, limits, what is allowed.</param>
/// <param name="Buckets">Where studies come from and results go.</param>
/// <param name="Engines">The EnergyPlus installations that run them.</param>
/// <param name="Time">The clock.</param>
internal sealed record StudyParts(RunSettings Settings, IBucketSource Buckets, IEngines Engines, TimeProvider Time)
{
    /// <summary>The schemas that have been read, by the folder of their installation.</summary>
    public ConcurrentDictionary<string, ModelSchema?> Schemas { get; } = new(StringComparer.Ordinal);

    public ResultsPlace ResultsOf(string bucket) => ResultsPlace.For(bucket, Settings, Buckets);

    public RowStaging Staging(ObjectKey study, StagedBases bases) =>
        new(study, bases, Engines.Installations, Schemas, Settings.InputPrefix);

    /// <summary>Where the results of a study are, as a call names it.</summary>
    /// <exception cref="StudyCallException">It is no folder of results.</exception>
    public StudyPlace PlaceOf(string url)
    {
        var isFolder = S3Url.TryParse(url.TrimEnd('/'), out var place) && place.Key.IsPath
            && place.Key.Value.StartsWith(Settings.OutputPrefix, StringComparison.Ordinal);
        if (!isFolder) throw new StudyCallException(DropSentences.NoFolderOfStudy(url));
        return new(ResultsOf(place.Bucket), place.Key.Value);
    }
}
