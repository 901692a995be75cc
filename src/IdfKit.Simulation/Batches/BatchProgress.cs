namespace IdfKit.Simulation;

/// <summary>How far a batch is. Told whenever one of its jobs moves; jobs under way at once tell it from several threads.</summary>
/// <param name="Total">How many jobs the batch has.</param>
/// <param name="Ended">How many have ended, whatever way.</param>
/// <param name="Failed">How many of those did not complete.</param>
/// <param name="Index">The place in the batch of the job that moved.</param>
/// <param name="Current">Its own progress; null: it has just ended.</param>
/// <param name="Elapsed">Since the batch began.</param>
public sealed record BatchProgress(int Total, int Ended, int Failed, int Index, SimulationProgress? Current, TimeSpan Elapsed)
{
    /// <summary>0 to 100 of the jobs of the batch.</summary>
    public double Percent => Total == 0 ? 100 : 100.0 * Ended / Total;
}
