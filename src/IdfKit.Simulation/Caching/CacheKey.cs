using IdfKit.Engine;
using IdfKit.Runs.Staging;
using IdfKit.Simulation.Jobs;

namespace IdfKit.Simulation.Caching;

/// <summary>All that the results of a run depend on, as one SHA-256.</summary>
internal readonly record struct CacheKey(string Sha256)
{
    // To be raised when the same inputs give other files, so that old entries are not found any more.
    private const string Form = "idfkit.cache/1";

    /// <summary>Where something of the entry lies in the cache.</summary>
    public string PathOf(string name) => $"{Sha256[..2]}/{Sha256}/{name}";

    /// <summary>The key of a prepared job.</summary>
    public static async Task<CacheKey> OfAsync(StagedJob staged, SimulationOptions options, EnergyPlusInstallation installation, CancellationToken cancellationToken)
    {
        using var sink = new HashSink();
        sink.Add(Form, installation.Version.ToString(), installation.Build ?? "", Text(installation.IsReplay));
        sink.Add(Text(options.Annual), Text(options.DesignDay), Text(options.ExpandObjects), Text(options.ReadVars), options.OutputPrefix, options.OutputSuffix.ToString());
        sink.Add([.. options.ExtraArguments]);
        sink.Add([.. staged.AddedObjects]);
        await sink.AddModelAsync(staged.Model!, staged.ModelPath, cancellationToken).ConfigureAwait(false);

        sink.Add(staged.WeatherPath is null ? "no weather" : "weather");
        if (staged.WeatherPath is { } weather) await sink.AddFileAsync(weather, cancellationToken).ConfigureAwait(false);
        foreach (var reference in staged.Model!.ReferencedFiles)
        {
            var path = Path.Combine(staged.WorkingDirectory, ReferencedFiles.Relative(reference));
            sink.Add(reference.Path, Text(File.Exists(path)));
            if (File.Exists(path)) await sink.AddFileAsync(path, cancellationToken).ConfigureAwait(false);
        }
        return new(sink.Finish());
    }

    private static string Text(bool value) => value ? "yes" : "no";
}
