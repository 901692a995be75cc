using IdfKit.Engine;
using IdfKit.Engine.Parts;
using IdfKit.Engine.Parts.Year;
using IdfKit.Runs;

namespace RunBed;

/// <summary>One installation with whatever a test puts in its runner's place.</summary>
internal sealed class OneEngine(EnergyPlusInstallation installation, PartEngine run) : IEngines
{
    public IReadOnlyList<EnergyPlusInstallation> Installations { get; } = [installation];

    public EngineOptions Options { get; init; } = new();

    public string Confinement => "none";

    public bool KeepsRunsApart => true;

    /// <summary>
    /// What the machine is taken to have to spare, whatever it does; null: what it has. One processor is taken for all that it has.
    /// </summary>
    public (int Processors, long MemoryBytes, long DiskBytes)? Room { get; init; }

    /// <summary>Looks at the machine in place of <see cref="Room"/>.</summary>
    public Func<PartRoom>? Look { get; init; }

    /// <summary>Waits until it is ready.</summary>
    public Func<CancellationToken, Task> SettleAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>From where on a year is simulated in parts, as it is in use.</summary>
    public static TimeSpan UsualLeastYear => YearTime.LeastExpected;

    public TimeSpan LeastYear { get; init; } = UsualLeastYear;

    public PartRoom RoomIn(string folder) => Look?.Invoke() ?? (Room is var (processors, memory, disk)
        ? RoomOf(processors, memory, disk)
        : PartRoom.Now(Options, folder));

    public StartedEngine For(EnergyPlusInstallation chosen) => new(chosen, run) { SettleAsync = SettleAsync };

    /// <summary>Of a machine with more processors than the tests beside this one hold.</summary>
    public static PartRoom RoomOf(int processors, long memoryBytes = 8L << 30, long diskBytes = 8L << 30) =>
        new(processors, memoryBytes, diskBytes) { ProcessorsInAll = processors > 1 ? 1_000_000 : processors };
}
