using IdfKit.Engine;

namespace IdfKit.Simulation;

/// <summary>What a caller reads about a job whose inputs do not suffice: one line each.</summary>
internal static class SimulationSentences
{
    public const string NotCompressed =
        "It is stored as if it were compressed with gzip, and cannot be unpacked: it was altered or cut off. Run the model again.";

    public static string NoWeather(string model) =>
        $"The model '{OneLine.Of(model, 120)}' asks for a run period and the job names no weather file; name one, or set DesignDay.";
}
