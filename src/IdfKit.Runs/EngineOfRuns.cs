using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>Runs one staged model: <see cref="EnergyPlusRunner.RunAsync"/>.</summary>
internal delegate Task<EngineRun> EngineOfRuns(
    EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken);

/// <summary>An EnergyPlus, and what runs it.</summary>
internal sealed record StartedEngine(EnergyPlusInstallation Installation, EngineOfRuns Run);

/// <summary>The EnergyPlus installations that models are run with.</summary>
internal interface IEngines
{
    /// <summary>What there is to choose among, the default first.</summary>
    IReadOnlyList<EnergyPlusInstallation> Installations { get; }

    /// <summary>How each is started.</summary>
    EngineOptions Options => new();

    /// <summary>How each is confined: <see cref="EnergyPlusRunner.Confinement"/>.</summary>
    string Confinement => "none";

    /// <summary>The one that was chosen for a model.</summary>
    /// <param name="installation">One of <see cref="Installations"/>.</param>
    StartedEngine For(EnergyPlusInstallation installation);
}
