namespace IdfKit.Runs.Records;

/// <summary>Where a run's results are, and how EnergyPlus was told to name them.</summary>
/// <param name="Directory">On local disk.</param>
/// <param name="Prefix">EnergyPlus's <c>--output-prefix</c>.</param>
/// <param name="Suffix">EnergyPlus's <c>--output-suffix</c>.</param>
internal sealed record RunOutputs(string Directory, string Prefix = "eplus", char Suffix = 'L');
