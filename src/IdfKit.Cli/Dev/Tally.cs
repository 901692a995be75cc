namespace IdfKit.Cli.Dev;

/// <summary>How much is done and how much is left.</summary>
/// <param name="runs">The runs of this session.</param>
/// <param name="waiting">How many events no process works on yet.</param>
internal sealed class Tally(RunTracker runs, Func<int> waiting)
{
    public int Waiting => waiting();

    /// <summary>Whether there is more than one run, so that counts say something.</summary>
    public bool IsWorthSaying => runs.Counts is var counts && counts.Over + counts.Active + Waiting > 1;

    public override string ToString()
    {
        var counts = runs.Counts;
        return CliSentences.Tally(counts.Completed, counts.Others, counts.Active, Waiting);
    }
}
