namespace IdfKit.Runs;

/// <summary>When EnergyPlus must have ended, whatever its own time limit is.</summary>
/// <param name="Left">How long there is until then.</param>
/// <param name="Stop">Ends it early; what it has written is kept.</param>
internal readonly record struct RunDeadline(TimeSpan Left, CancellationToken Stop)
{
    public static RunDeadline None { get; } = new(TimeSpan.MaxValue, CancellationToken.None);
}
