namespace IdfKit.Simulation;

/// <summary>A job of a batch has ended: with a result, whatever its outcome, or with an error that kept it from one.</summary>
/// <param name="Index">The job's place in the batch, from 0.</param>
/// <param name="Job">The job.</param>
/// <param name="Result">What it left; null when <paramref name="Error"/> is not.</param>
/// <param name="Error">What went wrong around EnergyPlus: a file that is not there, a storage that does not answer, no EnergyPlus.</param>
public sealed record SimulationEvent(int Index, SimulationJob Job, SimulationResult? Result, Exception? Error);
