namespace IdfKit.Runs;

/// <summary>The EnergyPlus of a run.</summary>
/// <param name="Version">Such as <c>25.2.0</c>.</param>
/// <param name="Build">Such as <c>cf7368216c</c>; null when the program does not say.</param>
/// <param name="Replayed">Whether a recorded run was replayed instead of simulating.</param>
public sealed record RunEngine(string Version, string? Build, bool Replayed)
{
    /// <summary>
    /// What kept it to its own run: <c>filter, landlock 7</c> (of system calls; Landlock and its version), one of the
    /// two, or <c>none</c>. Null in records that were written before it was noted.
    /// </summary>
    public string? Confinement { get; init; }
}
