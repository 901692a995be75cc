using IdfKit.Engine;
using IdfKit.Engine.Parts;
using IdfKit.Runs;

namespace SegmentsBench;

/// <summary>
/// Engines for which a machine always has room for so many parts, and no year is too short: for figures, which do not depend on how
/// busy it is.
/// </summary>
internal sealed class RoomForParts(IEngines engines, int parts) : IEngines
{
    public IReadOnlyList<EnergyPlusInstallation> Installations => engines.Installations;

    public EngineOptions Options => engines.Options;

    public string Confinement => engines.Confinement;

    public bool KeepsRunsApart => engines.KeepsRunsApart;

    public TimeSpan LeastYear => TimeSpan.Zero;

    public PartRoom RoomIn(string folder) => new(parts, 8L << 30, 8L << 30) { ProcessorsInAll = int.MaxValue };

    public StartedEngine For(EnergyPlusInstallation installation) => engines.For(installation);
}
