using System.Globalization;

using IdfKit.Drops;

namespace IdfKit.Cli;

/// <summary>What the tool says while it serves a folder.</summary>
internal static partial class CliSentences
{
    private const int NamesShown = 4, LongestName = 60;

    // What keeps it from starting

    public static string IsNoFolder(string path) => $"{Line(path)} is a file; give the folder that is to be the bucket.";

    public static string CannotMakeFolder(string path, string why) =>
        $"the folder {Line(path)} cannot be made or written ({Line(why).TrimEnd('.')}); give one of your own.";

    public static string NothingToDrop(string path) => $"there is no file {Line(path)}, which --drop names.";

    public static string DidNotStart(string why, string log, IReadOnlyList<string> said) =>
        string.Join('\n', said.Prepend($"{why.TrimEnd('.')} (its log: {Line(log)})."));

    // At its start

    public static string TakenUp(IReadOnlyList<(string Key, DropStanding Standing)> drops)
    {
        var kinds = drops.GroupBy(drop => drop.Standing).OrderBy(kind => kind.Key)
            .Select(kind => $"{Number(kind.Count())} {Word(kind.Key)}");
        var what = drops.Count == 1
            ? "1 input has no current result and is"
            : $"{Number(drops.Count)} inputs have no current result and are";
        return $"{what} run now ({string.Join(", ", kinds)}): {Listed(drops.Select(drop => drop.Key))}.";
    }

    public static string HeldByAnother(string key) =>
        $"'{Line(key)}' may be running in another program; it is run here when that one's claim has ended without a result.";

    public static string NotLookedAt(string why) =>
        $"it could not be seen which inputs have results ({Line(why).TrimEnd('.')}); only new ones are run.";

    // While it runs

    public static string IsNoModel(string key) =>
        $"'{Line(key)}' is not a model (.idf, .epJSON or a .zip with one); it is there for models that name it.";

    public static string LateWeather(string key, IReadOnlyList<string> models) =>
        $"'{Line(key)}' came after {Listed(models)} had run design days alone, which need no weather. To use it drop the model again; "
            + "{\"annual\": true} in its job file simulates the whole year.";

    public static string CannotRead(string key, string why) =>
        $"'{Line(key)}' cannot be read ({Line(why).TrimEnd('.')}) and is not run; it is as soon as it can be.";

    public static string Phase(string? phase) => phase switch
    {
        null => "getting ready",
        "initializing" => "starting EnergyPlus",
        "warmup" => "warming up",
        "post_processing" => "writing reports",
        "complete" => "reading results",
        "uploading" => "storing results",
        _ => Line(phase).Replace('_', ' '),
    };

    public static string Tally(int completed, int others, int running, int waiting)
    {
        var parts = new List<string> { $"{Number(completed)} completed" };
        if (others > 0) parts.Add($"{Number(others)} did not");
        if (running > 0) parts.Add($"{Number(running)} running");
        if (waiting > 0) parts.Add($"{Number(waiting)} waiting");
        return string.Join(", ", parts);
    }

    public static string FailedOften(int attempts, string why, string log)
    {
        var often = attempts == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {attempts} times");
        return $"The function failed{often} on one event: {Line(why)} (its log: {log})";
    }

    public static string IsRunning(DateTimeOffset since, string? phase, double? percent)
    {
        var far = percent is { } value ? string.Create(CultureInfo.InvariantCulture, $" {value:0}%") : "";
        return $"running since {Moment(since)}: {Phase(phase)}{far}";
    }

    public static string WasInterrupted(DateTimeOffset since) =>
        $"interrupted: it began at {Moment(since)} and did not come to its end; run the model again, or start idfkit dev on its folder";

    public static string FolderHasGone(string path) =>
        $"the folder {Line(path)} was removed or renamed while it was served, and nothing is run any more; "
            + "a new start makes and serves it anew.";

    public static string HiddenHasGone(string path) =>
        $"the folder {Line(path)}, without which its bucket cannot be served, was removed or renamed, and nothing is run any more; "
            + "a new start makes it anew.";

    // At its end

    /// <summary>How many runs of a session completed, and which did not.</summary>
    public static string Summary(int completed, IReadOnlyList<string> others)
    {
        if (others.Count == 0) return completed == 0 ? "Nothing was run." : $"{Number(completed)} completed.";
        var done = completed == 0 ? "None completed; " : $"{Number(completed)} completed, ";
        return $"{done}{Number(others.Count)} did not: {Listed(others)}.";
    }

    /// <param name="running">What ran.</param>
    /// <param name="waiting">How many waited.</param>
    /// <param name="left">The rows of studies that had not begun.</param>
    /// <param name="goesOn">Whether a new start runs them.</param>
    public static string Interrupted(
        IReadOnlyList<string> running, int waiting, IReadOnlyList<(string Study, int Rows)> left, bool goesOn)
    {
        var all = running.Count + waiting + left.Sum(study => study.Rows);
        if (all == 0) return "Stopped; nothing was running or waiting.";
        var parts = new List<string>();
        if (running.Count > 0) parts.Add($"{Listed(running)} {(running.Count == 1 ? "was" : "were")} interrupted");
        if (waiting > 0) parts.Add($"{Number(waiting)} waited");
        parts.AddRange(left.Select(study => $"{Counted(study.Rows, "row")} of {Cut(Line(study.Study))} had not begun"));
        var next = goesOn ? $" Start idfkit dev again to run {(all == 1 ? "it" : "them")}." : "";
        return $"Stopped: {string.Join(", ", parts)}.{next}";
    }

    public static string StoppedAtStart { get; } = "Stopped before anything was run; the same command begins anew.";

    public static string NotDropped(IReadOnlyList<string> files) =>
        $"{Listed(files)} may not have been put, since it was stopped; the same command puts {(files.Count == 1 ? "it" : "them")}.";

    public static string NotReleased(string why) =>
        $"It could not be written that runs were interrupted ({Line(why).TrimEnd('.')}); the next start finds that out.";

    private static string Word(DropStanding standing) => standing switch
    {
        DropStanding.Changed => "changed",
        DropStanding.Interrupted => "interrupted",
        DropStanding.NoLongerWaits => "no longer waiting for a file",
        DropStanding.PutAgain => "put again",
        _ => "new",
    };

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Listed(IEnumerable<string> names)
    {
        var all = names.Select(name => Cut(Line(name))).ToList();
        var shown = string.Join(", ", all.Take(NamesShown));
        return all.Count <= NamesShown ? shown : $"{shown} and {Number(all.Count - NamesShown)} more";
    }

    private static string Cut(string name) => name.Length <= LongestName ? name : "…" + name[^(LongestName - 1)..];
}
