using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>Runs one staged model: <see cref="EnergyPlusRunner.RunAsync"/>.</summary>
internal delegate Task<EngineRun> EngineOfRuns(EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken);

/// <summary>An EnergyPlus, and what runs it.</summary>
internal sealed record StartedEngine(EnergyPlusInstallation Installation, EngineOfRuns Run);

/// <summary>The EnergyPlus installations that models are run with.</summary>
internal interface IEngines
{
    /// <summary>The one for a model of this version; for one that names none, the default.</summary>
    StartedEngine For(EnergyPlusVersion? version);
}
