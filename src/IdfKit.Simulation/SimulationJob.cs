namespace IdfKit.Simulation;

/// <summary>
/// One model to simulate. Paths are those of the file system that the job is run on; without one, of this machine. A
/// model or weather file with a full path (<c>/home/…</c>) is always one of this machine, wherever the results go.
/// </summary>
/// <param name="Model">The model: <c>.idf</c> or <c>.epJSON</c>. It is only read.</param>
/// <param name="Weather">The weather file; null: design days only.</param>
/// <param name="OutputDirectory">Where the results go. Made when missing; the results of an earlier run there are replaced.</param>
public sealed record SimulationJob(string Model, string? Weather, string OutputDirectory)
{
    /// <summary>The model: <c>.idf</c> or <c>.epJSON</c>.</summary>
    public string Model { get; init => field = Named(value, nameof(Model)); } = Named(Model, nameof(Model));

    /// <summary>The weather file; null: design days only.</summary>
    public string? Weather
    {
        get;
        init => field = value is null ? null : Named(value, nameof(Weather));
    } = Weather is null ? null : Named(Weather, nameof(Weather));

    /// <summary>Where the results go.</summary>
    public string OutputDirectory
    {
        get;
        init => field = Named(value, nameof(OutputDirectory));
    } = Named(OutputDirectory, nameof(OutputDirectory));

    /// <summary>A name for people: it goes into the record and the messages.</summary>
    public string? Label { get; init; }

    /// <summary>How it is simulated.</summary>
    public SimulationOptions Options { get; init; } = new();

    /// <summary>The label, or the model's path.</summary>
    public override string ToString() => Label ?? Model;

    private static string Named(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}
