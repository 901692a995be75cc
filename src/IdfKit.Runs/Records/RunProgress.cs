namespace IdfKit.Runs;

/// <summary><c>progress.json</c>: how far a running run is.</summary>
/// <param name="RunId">Of the run.</param>
/// <param name="Phase">Such as <c>warmup</c> or <c>simulating</c>.</param>
/// <param name="Percent">0 to 100 of the current environment, when it can be told.</param>
/// <param name="Environment">The run period or design day under way.</param>
/// <param name="ElapsedSeconds">Since EnergyPlus started.</param>
public sealed record RunProgress(string RunId, string Phase, double? Percent, string? Environment, double ElapsedSeconds)
{
    /// <summary>Always <c>idfkit.progress/1</c>.</summary>
    public string Schema { get; init; } = "idfkit.progress/1";
}
