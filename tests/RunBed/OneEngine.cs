using IdfKit.Engine;
using IdfKit.Engine.Parts;
using IdfKit.Runs;

namespace RunBed;

/// <summary>One installation with whatever a test puts in its runner's place.</summary>
internal sealed class OneEngine(EnergyPlusInstallation installation, EngineOfRuns run) : IEngines
{
    public IReadOnlyList<EnergyPlusInstallation> Installations { get; } = [installation];

    /// <summary>Whether the machine is taken to have two processors to spare, whatever it does; null: as it is.</summary>
    public bool? HasRoom { get; init; }

    public PartRoom RoomIn(string folder) =>
        HasRoom is { } has ? new(has ? 2 : 1, MemoryBytes: 8L << 30, DiskBytes: 8L << 30) : PartRoom.Now(new(), folder);

    public StartedEngine For(EnergyPlusInstallation chosen) => new(chosen, run);
}
