using IdfKit.Engine;
using IdfKit.Runs;

namespace RunBed;

/// <summary>One installation with whatever a test puts in its runner's place.</summary>
internal sealed class OneEngine(EnergyPlusInstallation installation, EngineOfRuns run) : IEngines
{
    public IReadOnlyList<EnergyPlusInstallation> Installations { get; } = [installation];

    public StartedEngine For(EnergyPlusInstallation chosen) => new(chosen, run);
}
