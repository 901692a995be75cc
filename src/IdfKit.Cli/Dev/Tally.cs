namespace IdfKit.Cli.Dev;

/// <summary>How much is done and how much is left.</summary>
/// <param name="runs">The runs of this session.</param>
/// <param name="waiting">How many events no process works on yet.</param>
internal sealed class Tally(RunTracker runs, Func<int> waiting)
{
    public int Waiting => waiting();

    /// <summary>Whether there is more than one run, so that counts say something.</summary>
    public bool IsWorthSaying => runs.Over.Count + runs.Active.Count + Waiting > 1;

    public override string ToString()
    {
        var over = runs.Over;
        var completed = over.Count(run => run.IsCompleted);
        return CliSentences.Tally(completed, over.Count - completed, runs.Active.Count, Waiting);
    }
}
