using IdfKit.Engine;

namespace IdfKit.Drops;

/// <summary>Runs one staged model: <see cref="EnergyPlusRunner.RunAsync"/>.</summary>
internal delegate Task<EngineRun> EngineOfRuns(EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken);
