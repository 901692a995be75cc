using IdfKit.Drops.Jobs;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Staging;

namespace IdfKit.Drops.Inputs;

/// <summary>A run whose inputs lie on local disk, ready for EnergyPlus; or the reason why it cannot be one.</summary>
internal sealed record StagedRun
{
    public required RunInput Input { get; init; }
    public Rejection? Rejection { get; init; }
    public RunWeather? Weather { get; init; }
    public JobFile? Job { get; init; }
    public string ModelPath { get; init; } = "";
    public string? WeatherPath { get; init; }
    public RunOptions Choices { get; init; } = new();
    public IReadOnlyList<string> AddedObjects { get; init; } = [];

    /// <summary>Whether ExpandObjects has been run already.</summary>
    public bool IsExpanded { get; init; }
    public Model? Model { get; init; }
}
