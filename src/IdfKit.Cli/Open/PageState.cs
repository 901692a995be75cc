using IdfKit.Runs;

namespace IdfKit.Cli.Open;

/// <summary>How a place stands at one look, as the page shows it.</summary>
/// <param name="Version">Grows with each change.</param>
/// <param name="Runs">All, by folder.</param>
internal sealed record PageState(long Version, IReadOnlyDictionary<string, PageRun> Runs)
{
    public static PageState Empty { get; } = new(0, new Dictionary<string, PageRun>());

    /// <summary>Whether the place has been looked at.</summary>
    public bool IsKnown { get; init; }

    public IReadOnlyList<RunFailure> Failures { get; init; } = [];

    public double? RestSeconds { get; init; }

    /// <summary>Whether models can be put here.</summary>
    public bool CanDrop { get; init; }

    /// <summary>Whether somebody runs what is put; null: nobody can tell.</summary>
    public bool? IsServed { get; init; }

    /// <summary>Why models are not run here, though that was asked for; null: nothing keeps it, or nobody asked.</summary>
    public string? WhyNotServed { get; init; }

    /// <summary>Why the last look failed; null: it did not.</summary>
    public string? Trouble { get; init; }

    /// <summary>What the page is told, when it knows an earlier state; null: when it knows none.</summary>
    public PageNews Since(PageState? earlier, OpenedPlace opened, string fileKey)
    {
        var changed = Runs.Values.Where(run => earlier?.Runs.GetValueOrDefault(run.Folder) != run);
        var gone = earlier?.Runs.Keys.Where(folder => !Runs.ContainsKey(folder)) ?? [];
        return new(opened.Place.Given, fileKey, [.. changed], [.. gone])
        {
            IsWhole = earlier is null, IsKnown = IsKnown, Failures = Failures, RestSeconds = RestSeconds, CanDrop = CanDrop,
            IsServed = IsServed, WhyNotServed = WhyNotServed, CanBeServed = opened.CanBeServed, Trouble = Trouble,
        };
    }

    /// <summary>Whether the page would be the same.</summary>
    public bool IsLike(PageState other) => Version > 0 && (CanDrop, IsServed, WhyNotServed, Trouble, IsKnown, RestSeconds)
        == (other.CanDrop, other.IsServed, other.WhyNotServed, other.Trouble, other.IsKnown, other.RestSeconds)
        && Runs.Count == other.Runs.Count && Runs.Values.All(run => other.Runs.GetValueOrDefault(run.Folder) == run);
}

/// <summary>What has changed of a place, for the page.</summary>
/// <param name="Place">As it was typed.</param>
/// <param name="FileKey">Stands in the addresses of files.</param>
/// <param name="Changed">Runs that are new or different.</param>
/// <param name="Gone">Folders of runs that are no longer there.</param>
internal sealed record PageNews(string Place, string FileKey, IReadOnlyList<PageRun> Changed, IReadOnlyList<string> Gone)
{
    /// <summary>Whether this is all, and what the page knew is forgotten.</summary>
    public bool IsWhole { get; init; }

    public bool IsKnown { get; init; }

    public IReadOnlyList<RunFailure> Failures { get; init; } = [];

    public double? RestSeconds { get; init; }

    public bool CanDrop { get; init; }

    public bool? IsServed { get; init; }

    public string? WhyNotServed { get; init; }

    public bool CanBeServed { get; init; }

    public string? Trouble { get; init; }
}
