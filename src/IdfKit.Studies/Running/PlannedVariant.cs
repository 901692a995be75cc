namespace IdfKit.Studies.Running;

/// <summary>A variant, and whether it is to be run.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Identity">SHA-256 of all that its run depends on.</param>
/// <param name="HasRun">Whether a run of that identity has ended in its folder.</param>
internal sealed record PlannedVariant(StudyVariant Variant, string Identity, bool HasRun);
