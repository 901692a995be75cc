using IdfKit.Engine;
using IdfKit.Engine.Models;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Runs.Preflight;

/// <summary>
/// The <c>.stat</c> beside a weather file, which EnergyPlus 25.2 opens by the name of the weather file: for the temperature of
/// mains water, for adaptive comfort, for wind turbines, and for the climate's table of the reports. It reads no <c>.ddy</c>.
/// </summary>
internal static class WeatherStatistics
{
    private const string Extension = ".stat";

    /// <summary>Whether a run of the model would read it; others need no request for it.</summary>
    public static bool AreReadBy(Model model) =>
        TakesMainsFromWeather(model) || model.Has("Generator:WindTurbine") || new OutputSettings(model).HasReport("ClimaticDataSummary")
        || AsksForAdaptiveComfort(model);

    /// <summary>Where the file of a weather file lies: beside it, under its name.</summary>
    public static string PathBeside(string weatherPath) => Path.ChangeExtension(weatherPath, Extension);

    /// <summary>Fetches it to where EnergyPlus looks for it. One GET for a model that reads it, none for others.</summary>
    /// <param name="fileSystem">Where the weather lies.</param>
    /// <param name="weatherPath">Its path there.</param>
    /// <param name="stagedWeather">The staged copy of the weather.</param>
    /// <param name="model">The model.</param>
    /// <param name="check">What the check of the weather found.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<WeatherStatisticsResult> FetchAsync(
        IAsyncFileSystem fileSystem,
        string weatherPath,
        string stagedWeather,
        Model model,
        WeatherCheck check,
        CancellationToken cancellationToken)
    {
        if (!AreReadBy(model)) return new();
        var wanted = PathBeside(weatherPath);
        var staged = PathBeside(stagedWeather);
        var whyNot = await FetchAsync(fileSystem, wanted, staged, cancellationToken).ConfigureAwait(false);
        if (whyNot is null) return new() { IsStaged = true };
        if (!TakesMainsFromWeather(model)) return new();

        var folder = weatherPath.LastIndexOf('/') is >= 0 and var end ? weatherPath[..end] : "";
        var names = await new CompanionFolders(fileSystem).InAsync(folder, cancellationToken).ConfigureAwait(false);
        var alike = names.Where(name => FileNames.AreAlike(name, wanted)).ToList();
        var isFound = alike is [var only] && only != wanted
            && await FetchAsync(fileSystem, only, staged, cancellationToken).ConfigureAwait(false) is null;
        return isFound
            ? new() { IsStaged = true }
            : WithoutStatistics(model, check, wanted, isDenied: whyNot == StorageErrorKind.AccessDenied);
    }

    private static WeatherStatisticsResult WithoutStatistics(Model model, WeatherCheck check, string wanted, bool isDenied)
    {
        var name = wanted[(wanted.LastIndexOf('/') + 1)..];
        if (check.HasWholeYear) return new() { Notice = RunSentences.MainsFromWeatherItself(name, isDenied) };
        var heatsWater = model.HasAny("WaterUse:") || model.HasAny("WaterHeater:");
        return heatsWater
            ? new() { Rejection = new(RunReason.MissingFile, RunSentences.MainsAreNonsense(name, isRefused: true)) { Missing = [wanted] } }
            : new() { Notice = RunSentences.MainsAreNonsense(name, isRefused: false) };
    }

    // The method is the first field; left out it is this one too.
    private static bool TakesMainsFromWeather(Model model) => model.ObjectsOf("Site:WaterMainsTemperature").Any(mains =>
        mains.Field(0, "calculation_method") is not { } method
        || method.Equals("CorrelationFromWeatherFile", StringComparison.OrdinalIgnoreCase));

    private static bool AsksForAdaptiveComfort(Model model) =>
        model.ObjectsOf("People").Any(people => people.Texts.Contains("AdaptiveASH55", StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// Null when it is there; else why not. Nobody has named it, and a role that may not list is denied what is not there.
    /// </summary>
    private static async Task<StorageErrorKind?> FetchAsync(
        IAsyncFileSystem fileSystem, string path, string staged, CancellationToken cancellationToken)
    {
        try
        {
            await fileSystem.DownloadAsync(path, staged, progress: null, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound or StorageErrorKind.AccessDenied)
        {
            return e.Kind;
        }
    }
}

/// <summary>What became of the <c>.stat</c> beside a weather file.</summary>
internal sealed record WeatherStatisticsResult
{
    /// <summary>Whether it lies beside the staged weather.</summary>
    public bool IsStaged { get; init; }

    /// <summary>What a run without it means, in a sentence; null when nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Why no run without it makes sense; null when one does.</summary>
    public Rejection? Rejection { get; init; }
}
