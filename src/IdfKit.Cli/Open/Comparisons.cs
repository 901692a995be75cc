using IdfKit.Cli.Compare;

namespace IdfKit.Cli.Open;

/// <summary>Compares runs with the first of them, as <c>idfkit compare</c> does with two.</summary>
internal sealed class Comparisons(OpenedPlace opened, RunFiles files)
{
    private const int Most = 8;

    /// <exception cref="CommandException">One is no run, or there are too few or too many.</exception>
    public async Task<ComparedRuns> OfAsync(IReadOnlyList<string> runs, CancellationToken cancellationToken)
    {
        if (runs.Count is < 2 or > Most) throw new CommandException(CliSentences.ComparesSeveral(Most));
        var compared = new List<ComparedRun>();
        foreach (var run in runs)
            compared.Add(new(
                opened.Place, await opened.FolderOfAsync(run, cancellationToken), await files.RecordAsync(run, cancellationToken)));
        var installation = CompareCommand.Installed();
        var all = new List<Comparison>();
        foreach (var other in compared.Skip(1)) all.Add(await Comparison.OfAsync(compared[0], other, installation, cancellationToken));
        return new(runs, all);
    }
}

/// <summary>Runs beside each other.</summary>
/// <param name="Runs">All of them, the first one that with which the others are compared.</param>
/// <param name="Comparisons">Of each other one with it.</param>
internal sealed record ComparedRuns(IReadOnlyList<string> Runs, IReadOnlyList<Comparison> Comparisons);
