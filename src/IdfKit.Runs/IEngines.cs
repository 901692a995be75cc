using IdfKit.Engine;
using IdfKit.Engine.Parts;
using IdfKit.Engine.Parts.Year;

namespace IdfKit.Runs;

/// <summary>An EnergyPlus, and what runs it.</summary>
internal sealed record StartedEngine(EnergyPlusInstallation Installation, PartEngine Run)
{
    /// <summary>Waits until it is ready, and keeps no processor busy; or is canceled, which is no failure.</summary>
    public Func<CancellationToken, Task> SettleAsync { get; init; } = _ => Task.CompletedTask;
}

/// <summary>The EnergyPlus installations that models are run with.</summary>
internal interface IEngines
{
    /// <summary>What there is to choose among, the default first.</summary>
    IReadOnlyList<EnergyPlusInstallation> Installations { get; }

    /// <summary>How each is started.</summary>
    EngineOptions Options { get; }

    /// <summary>How each is confined: <see cref="EnergyPlusRunner.Confinement"/>.</summary>
    string Confinement { get; }

    /// <inheritdoc cref="EnergyPlusRunner.KeepsRunsApart"/>
    bool KeepsRunsApart { get; }

    /// <summary>What this machine has to spare for the parts of one more run, at this moment.</summary>
    PartRoom RoomIn(string folder) => PartRoom.Now(Options, folder);

    /// <summary>A year that is expected to take less is not simulated in parts.</summary>
    TimeSpan LeastYear => YearTime.LeastExpected;

    /// <summary>The one that was chosen for a model.</summary>
    /// <param name="installation">One of <see cref="Installations"/>.</param>
    StartedEngine For(EnergyPlusInstallation installation);
}
