using IdfKit.Runs.Publishing;

namespace IdfKit.Runs;

/// <summary>A result file of a run, on local disk.</summary>
/// <param name="LocalPath">Where it lies.</param>
/// <param name="Path">Relative to the run's folder, with <c>/</c>.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record ResultFile(string LocalPath, string Path, long SizeBytes)
{
    /// <summary>How it is encoded, as HTTP names it: <c>gzip</c>; null: not at all.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Its media type, by its name.</summary>
    public string ContentType => ContentTypes.Of(Path);

    /// <summary>
    /// The regular files below <paramref name="directory"/>, ordered by path. Links are left out: a result is what EnergyPlus
    /// wrote, never what something else points at; so are names that no path can have, and folders more than eight deep.
    /// </summary>
    public static IReadOnlyList<ResultFile> In(string directory) => LeftResults.In(directory, ResultRule.Everything).Files;
}
