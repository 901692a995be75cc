using System.Collections.ObjectModel;

using IdfKit.Runs;

namespace IdfKit.Simulation;

/// <summary>
/// One model to simulate. Paths are those of the file system that the job is run on; without one, of this machine. A
/// model or weather file with a full path (<c>/home/…</c>) is always one of this machine, wherever the results go.
/// </summary>
/// <param name="Model">The model: <c>.idf</c> or <c>.epJSON</c>. It is only read.</param>
/// <param name="Weather">The weather file; null: design days only.</param>
/// <param name="OutputDirectory">Where the results go. Made when missing; the results of an earlier run there are replaced. Null: a new
/// folder among the temporary files of this machine, which <see cref="SimulationResult.Directory"/> names and nobody removes.</param>
public sealed record SimulationJob(string Model, string? Weather, string? OutputDirectory = null)
{
    /// <summary>The model: <c>.idf</c> or <c>.epJSON</c>.</summary>
    public string Model { get; init => field = Named(value, nameof(Model)); } = Named(Model, nameof(Model));

    /// <summary>The weather file; null: design days only.</summary>
    public string? Weather
    {
        get;
        init => field = value is null ? null : Named(value, nameof(Weather));
    } = Weather is null ? null : Named(Weather, nameof(Weather));

    /// <summary>Where the results go; null: a new folder among the temporary files of this machine.</summary>
    public string? OutputDirectory
    {
        get;
        init => field = value is null ? null : Named(value, nameof(OutputDirectory));
    } = OutputDirectory is null ? null : Named(OutputDirectory, nameof(OutputDirectory));

    /// <summary>
    /// The model itself, where it is in no file. <see cref="Model"/> is then its name, which tells its kind (<c>office.epJSON</c>) and
    /// beside what the files that it names are looked for. Null: it is read from <see cref="Model"/>.
    /// </summary>
    public ReadOnlyMemory<byte>? ModelContent { get; init; }

    /// <summary>The weather itself, where it is in no file. <see cref="Weather"/> is then its name. Null: it is read from there.</summary>
    public ReadOnlyMemory<byte>? WeatherContent { get; init; }

    /// <summary>A name for people: it goes into the record and the messages.</summary>
    public string? Label { get; init; }

    /// <summary>Makes the model when the job is begun: of many jobs not all models are held at once. Null: it is read or given.</summary>
    internal Func<byte[]>? MakeModel { get; init; }

    /// <summary>Go into the record.</summary>
    internal IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The study to which it belongs; null: none.</summary>
    internal RunStudy? Study { get; init; }

    /// <summary>Whether other jobs of its batch run at once: then it gets one process.</summary>
    internal bool IsAmongOthers { get; init; }

    /// <summary>How it is simulated.</summary>
    public SimulationOptions Options { get; init; } = new();

    /// <summary>The same job with a model that a stream holds, such as an upload; it is read to its end and not closed.</summary>
    public SimulationJob WithModel(Stream content) => this with { ModelContent = ReadAll(content) };

    /// <summary>The same job with weather that a stream holds; it is read to its end and not closed.</summary>
    /// <param name="content">What an <c>.epw</c> file holds.</param>
    /// <param name="name">What to call it.</param>
    public SimulationJob WithWeather(Stream content, string name = "weather.epw") =>
        this with { Weather = name, WeatherContent = ReadAll(content) };

    /// <summary>The label, or the model's path.</summary>
    public override string ToString() => Label ?? Model;

    private static ReadOnlyMemory<byte> ReadAll(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    private static string Named(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}
