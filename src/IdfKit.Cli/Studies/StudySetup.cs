using IdfKit.Cli.Inputs;
using IdfKit.Simulation;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>Reads studies and makes what runs them, as the command line says.</summary>
internal static class StudySetup
{
    /// <exception cref="CommandException">There is no such weather.</exception>
    public static Task<Study> ReadAsync(StudyPlace place, RunManner choices, CancellationToken cancellationToken) =>
        place.ReadAsync(WeatherOf(place, choices.Weather), cancellationToken);

    /// <exception cref="CommandException">Rows without weather cannot run a year.</exception>
    public static void Check(Study study, RunManner choices)
    {
        if (choices.Annual && study.Variants().FirstOrDefault(variant => variant.Weather is null) is { } without)
            throw new CommandException(CliSentences.AnnualWithoutWeather(without.Name));
    }

    public static StudyRunner RunnerOf(Simulator simulator, RunManner choices, int? jobs = null) => new(simulator, new()
    {
        MaxConcurrency = jobs ?? Environment.ProcessorCount,
        Simulation = new() { Annual = choices.Annual, DesignDay = choices.DesignDay },
    });

    /// <summary>As studies name it: relative to the study's folder.</summary>
    private static string? WeatherOf(StudyPlace place, string? weather)
    {
        if (weather is null || place.Files is not null) return weather;
        if (!NamedFiles.IsFile(weather)) throw new CommandException(CliSentences.NoWeather(weather));
        var folder = Path.GetDirectoryName(Path.GetFullPath(place.File)) ?? Path.GetFullPath(".");
        return Path.GetRelativePath(folder, Path.GetFullPath(weather));
    }
}
