namespace IdfKit.Cli.Dev;

/// <summary>One run as its files in the bucket tell it.</summary>
/// <param name="Folder">The key of its folder, ending in a slash.</param>
/// <param name="Input">The input's key.</param>
/// <param name="Status">run.json's; <c>running</c> until it is over.</param>
internal sealed record Run(string Folder, string Input, string Status)
{
    /// <summary>Changes when the input is run again.</summary>
    public string? Id { get; init; }

    /// <summary>A code for what did not complete.</summary>
    public string? Reason { get; init; }

    public string? Phase { get; init; }

    public double? Percent { get; init; }

    public string? SimulatedEnvironment { get; init; }

    public string? Message { get; init; }

    public double? Seconds { get; init; }

    /// <summary>Whether it simulated its design days alone, for which it needed no weather.</summary>
    public bool IsWithoutWeather { get; init; }

    public bool IsOver => Status != "running";

    public bool IsCompleted => Status == "completed";
}
