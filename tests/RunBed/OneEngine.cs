using IdfKit.Engine;
using IdfKit.Engine.Parts;
using IdfKit.Engine.Parts.Year;
using IdfKit.Runs;

namespace RunBed;

/// <summary>One installation with whatever a test puts in its runner's place.</summary>
internal sealed class OneEngine(EnergyPlusInstallation installation, PartEngine run) : IEngines
{
    public IReadOnlyList<EnergyPlusInstallation> Installations { get; } = [installation];

    /// <summary>What the machine is taken to have to spare, whatever it does; null: what it has.</summary>
    public (int Processors, long MemoryBytes, long DiskBytes)? Room { get; init; }

    /// <summary>From where on a year is simulated in parts, as it is in use.</summary>
    public static TimeSpan UsualLeastYear => YearTime.LeastExpected;

    public TimeSpan LeastYear { get; init; } = UsualLeastYear;

    public PartRoom RoomIn(string folder) =>
        Room is var (processors, memory, disk) ? new(processors, memory, disk) : PartRoom.Now(new(), folder);

    public StartedEngine For(EnergyPlusInstallation chosen) => new(chosen, run);
}
