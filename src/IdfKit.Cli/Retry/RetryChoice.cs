using IdfKit.Cli.Places;
using IdfKit.Drops;
using IdfKit.Runs;

namespace IdfKit.Cli.Retry;

/// <summary>Which runs are to run again: those that are named, that ended with a reason, or else that did not complete.</summary>
/// <param name="place">Where.</param>
/// <param name="names">Keys, names of models or folders of results.</param>
/// <param name="reason">The reason; null: any.</param>
internal sealed class RetryChoice(Place place, IReadOnlyList<string> names, string? reason)
{
    /// <param name="table">All runs.</param>
    /// <param name="interrupted">The folders of those that nobody works on although their records say so.</param>
    /// <exception cref="CommandException">There is none that was named.</exception>
    public IReadOnlyList<RunRow> Of(RunTable table, IReadOnlySet<string> interrupted)
    {
        if (names.Count > 0) return [.. names.Select(name => Named(table, name)).DistinctBy(row => row.Folder)];
        var failed = table.Rows.Where(row => row.Status is not ("completed" or "running") || interrupted.Contains(row.Folder)).ToList();
        if (reason is null) return failed;
        var chosen = failed.FindAll(row => ReasonOf(row) == reason);
        return chosen.Count > 0
            ? chosen
            : throw new CommandException(CliSentences.NoSuchReasonOfRuns(
                reason, [.. failed.Select(ReasonOf).Distinct().Order(StringComparer.Ordinal)]));
    }

    private static string ReasonOf(RunRow row) => row["reason"] as string ?? row.Status;

    private RunRow Named(RunTable table, string name)
    {
        var key = name.TrimEnd('/');
        var folder = place.Layout.FolderOf(ObjectKey.FromText(key));
        return table.Rows.FirstOrDefault(row => row["model_key"] as string == key)
            ?? table.Rows.FirstOrDefault(row => row.Folder == key || place.At(row.Folder) == key || place.At(row.Folder) == folder)
            ?? table.Rows.FirstOrDefault(row => row["model_key"] is string model && place.NameOf(model) == key)
            ?? throw new CommandException(CliSentences.NoSuchRun(name, place.Given));
    }
}
