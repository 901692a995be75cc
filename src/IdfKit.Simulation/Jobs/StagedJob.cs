using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Staging;

namespace IdfKit.Simulation.Jobs;

/// <summary>A job whose inputs lie on local disk, ready for EnergyPlus; or the reason why it cannot be run.</summary>
internal sealed record StagedJob
{
    public required RunInput Input { get; init; }
    public required string ModelPath { get; init; }

    /// <summary>Where EnergyPlus runs, so that relative paths in the model find what was fetched.</summary>
    public required string WorkingDirectory { get; init; }

    public RunWeather? Weather { get; init; }
    public string? WeatherPath { get; init; }
    public Model? Model { get; init; }
    public IReadOnlyList<string> AddedObjects { get; init; } = [];

    /// <summary>Whether ExpandObjects has been run already.</summary>
    public bool IsExpanded { get; init; }

    /// <summary>Whether EPMacro or a Transition program has made another model of it.</summary>
    public bool IsRewritten { get; init; }

    public Rejection? Rejection { get; init; }
}
