namespace IdfKit.Runs;

/// <summary>What EnergyPlus complained of.</summary>
/// <param name="Warnings">Warnings, as counted by EnergyPlus itself.</param>
/// <param name="Severe">Severe errors.</param>
/// <param name="Fatal">Fatal errors: 0 or 1.</param>
/// <param name="FirstErrors">The first severe and fatal messages, at most ten.</param>
public sealed record RunDiagnostics(long Warnings, long Severe, long Fatal, IReadOnlyList<string> FirstErrors);
