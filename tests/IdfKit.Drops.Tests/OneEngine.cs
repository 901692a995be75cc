using IdfKit.Engine;
using IdfKit.Runs;

namespace IdfKit.Drops.Tests;

/// <summary>One installation with whatever a test puts in its runner's place.</summary>
internal sealed class OneEngine(EnergyPlusInstallation installation, EngineOfRuns run) : IEngines
{
    public StartedEngine For(EnergyPlusVersion? version) => new(installation, run);
}
