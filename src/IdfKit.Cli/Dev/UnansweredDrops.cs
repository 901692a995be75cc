using System.Collections.Concurrent;

using IdfKit.Drops;

namespace IdfKit.Cli.Dev;

/// <summary>Files for which the function writes no record, so that nothing else on the screen speaks of them.</summary>
/// <param name="layout">The prefixes of the function.</param>
/// <param name="folder">The bucket on disk.</param>
/// <param name="over">The runs that have ended.</param>
/// <param name="say">Shows one sentence.</param>
internal sealed class UnansweredDrops(OutputLayout layout, string folder, Func<IReadOnlyList<Run>> over, Action<string> say)
{
    // What lies beside models and means nothing by it: weather and what comes with it, schedules, job files.
    private static readonly string[] Companions = [".epw", ".stat", ".ddy", ".rain", ".wea", ".csv", ".tsv", ".json", ".rvi", ".mvi"];
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);
    private TimeSpan _sinceLook = BetweenLooks;

    /// <summary>Says so of a model where the function does not look, and of the first file of each kind that is no companion's.</summary>
    public void Written(string key)
    {
        var dropped = ObjectKey.FromText(key);
        if (layout.IsOutside(dropped))
        {
            if (OutputLayout.IsModelOrBundle(dropped) && _said.TryAdd(key, true)) say(WhyOf(key)!);
        }
        else if (IsStrange(dropped))
        {
            say(CliSentences.IsNoModel(key));
        }
        else if (dropped.Extension.Equals(".epw", StringComparison.OrdinalIgnoreCase) && RanWithout(key) is { Count: > 0 } models)
        {
            say(CliSentences.LateWeather(key, models));
        }
    }

    /// <summary>Looks from time to time for models that were copied into the folder itself, where nothing watches.</summary>
    public void Look(TimeSpan sinceLastCall)
    {
        if ((_sinceLook += sinceLastCall) < BetweenLooks) return;
        _sinceLook = TimeSpan.Zero;
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder)) Written(Path.GetFileName(path));
        }
        // The next look sees what this one could not; a folder that has gone the session sees by itself.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return; }
    }

    /// <summary>Why each of these keys that is no model was not run.</summary>
    public IEnumerable<string> Among(IEnumerable<string> keys) => keys.Select(WhyOf).OfType<string>();

    /// <summary>Models beside this weather that ran their design days before it came: nothing runs them again.</summary>
    private List<string> RanWithout(string weather) =>
        [.. over().Where(run => run is { IsCompleted: true, IsWithoutWeather: true } && FolderOf(run.Input) == FolderOf(weather))
            .Select(run => run.Input).Distinct().Where(model => _said.TryAdd(weather + "\n" + model, true)).Order(StringComparer.Ordinal)];

    private static string FolderOf(string key) => key[..(key.LastIndexOf('/') + 1)];

    private bool IsStrange(ObjectKey dropped) => layout.IsSilent(dropped)
        && !Companions.Contains(dropped.Extension, StringComparer.OrdinalIgnoreCase)
        && _said.TryAdd("*" + dropped.Extension, true);

    private string? WhyOf(string key) => layout.WhyNotRun(ObjectKey.FromText(key), inOutputBucket: true);
}
