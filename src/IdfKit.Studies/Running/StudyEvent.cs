using IdfKit.Simulation;

namespace IdfKit.Studies;

/// <summary>A variant of a study has ended: with a result, whatever its outcome, or with an error that kept it from one.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Result">What it left; null when <paramref name="Error"/> is not.</param>
/// <param name="Error">What went wrong around EnergyPlus, or why the variant could not be made.</param>
/// <param name="Ended">How many variants have ended, this one counted.</param>
/// <param name="Total">How many there are.</param>
public sealed record StudyEvent(StudyVariant Variant, SimulationResult? Result, Exception? Error, int Ended, int Total);
