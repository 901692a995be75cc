namespace IdfKit.Engine;

/// <summary>What EnergyPlus's Transition programs did to a model.</summary>
/// <param name="From">The version that it was for.</param>
/// <param name="To">The version that it is for now, or was to be for when a step failed.</param>
/// <param name="Steps">What ran, in order; a step that failed is the last.</param>
public sealed record Migration(EnergyPlusVersion From, EnergyPlusVersion To, IReadOnlyList<MigrationStep> Steps);

/// <summary>One Transition program's run.</summary>
/// <param name="Program">The program ("Transition-V24-2-0-to-V25-1-0").</param>
/// <param name="From">The version that it reads.</param>
/// <param name="To">The version that it writes.</param>
/// <param name="Elapsed">Wall-clock time.</param>
/// <param name="Said">Its warnings, errors and the objects that it left out, as one line; where there were none, the
/// end of what it printed.</param>
public sealed record MigrationStep(string Program, EnergyPlusVersion From, EnergyPlusVersion To, TimeSpan Elapsed, string Said);
