using IdfKit.Cli.Inputs;
using IdfKit.Drops;
using IdfKit.Runs;
using IdfKit.Simulation;

namespace IdfKit.Cli.Simulate;

/// <summary>Models as jobs: each with its weather, found as for a dropped one, and a folder of its own.</summary>
internal sealed class LocalJobs(LocalRunOptions options)
{
    private readonly OutputLayout _layout = new("", "", sameBucket: false);
    private readonly Dictionary<string, string[]> _weatherOf = new(StringComparer.Ordinal);

    public string FolderOf(NamedFile file) => _layout.FolderOf(ObjectKey.FromText(file.Relative));

    public SimulationJob Of(NamedFile file) =>
        new(file.Path, WeatherOf(file.Path), Path.Combine(Path.GetFullPath(options.Output), FolderOf(file)))
    {
        Options = new() { Annual = options.Annual, DesignDay = options.DesignDay, ReportMeters = true, Parallel = options.Parallel },
    };

    /// <summary>Whether the results that are there are of this very job: the same files, not written since, and the same options. A model
    /// that was simulated whole is what parts are to come to, and stands for them.</summary>
    public static bool IsDone(SimulationJob job)
    {
        var path = Path.Combine(job.OutputDirectory!, RunRecordFile.Name);
        if (!File.Exists(path) || RunRecordFile.FromJson(File.ReadAllBytes(path)) is not { Status: RunStatus.Completed } record)
            return false;
        var model = new FileInfo(job.Model);
        return record.Input.Key == job.Model && record.Input.SizeBytes == model.Length
            && record.StartedAt >= model.LastWriteTimeUtc && record.Weather?.Key == job.Weather
            && (job.Weather is null || record.StartedAt >= File.GetLastWriteTimeUtc(job.Weather))
            && record.Segments?.AreOf(job.Options.Parallel) is not false
            && record.Options.Annual == job.Options.Annual
            && (record.Options.DesignDay == job.Options.DesignDay || job.Weather is null);
    }

    /// <summary>The file that was named; else the one called like the model, or the only one beside it.</summary>
    private string? WeatherOf(string model)
    {
        if (options.Weather is { } named) return Path.GetFullPath(named);
        var folder = Path.GetDirectoryName(model)!;
        if (!_weatherOf.TryGetValue(folder, out var beside))
            _weatherOf[folder] = beside = [.. Directory.EnumerateFiles(folder).Where(IsWeather).Order(StringComparer.Ordinal)];
        var name = Path.GetFileNameWithoutExtension(model);
        return Array.Find(beside, file => string.Equals(Path.GetFileNameWithoutExtension(file), name, StringComparison.OrdinalIgnoreCase))
            ?? (beside is [var only] ? only : null);
    }

    private static bool IsWeather(string file) => Path.GetExtension(file).Equals(".epw", StringComparison.OrdinalIgnoreCase);
}
