using IdfKit.Engine.Parts;
using IdfKit.Engine.Parts.Year;
using IdfKit.Runs.Preflight;

namespace IdfKit.Runs.Caching;

/// <summary>All that the results of a run depend on, as one SHA-256.</summary>
internal readonly record struct CacheKey(string Sha256)
{
    // To be raised when the same inputs give other files, so that old entries are not found any more.
    private const string Form = "idfkit.cache/2";

    /// <summary>Where something of the entry lies in the cache.</summary>
    public string PathOf(string name) => $"{Sha256[..2]}/{Sha256}/{name}";

    /// <summary>The key of a prepared run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="marks">What else the results differ by, such as what is written onto them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<CacheKey> OfAsync(ModelRun run, IReadOnlyList<string> marks, CancellationToken cancellationToken)
    {
        using var sink = new HashSink();
        var (installation, request, model) = (run.Installation, run.Request, run.Model);
        sink.Add(Form, installation.Version.ToString(), installation.Build ?? "", Text(installation.IsReplay));
        sink.Add(Text(request.Annual), Text(request.DesignDay), Text(request.ExpandObjects), Text(request.ReadVars));
        sink.Add(Text(request.ReportMeters), Text(request.TimeSeries));
        sink.Add(request.OutputPrefix, request.OutputSuffix.ToString());
        sink.Add([.. request.ExtraArguments]);
        sink.Add([.. run.Record.AddedObjects]);
        sink.Add([.. marks]);
        // What was joined never answers who asked for one process.
        if (request.MaySplit && request.Parallel is Parallelism.Year) sink.Add(YearPlanner.Form);
        else if (request.MaySplit && model.Plan.RunPeriods > 1) sink.Add(PeriodPlanner.Form);
        await sink.AddModelAsync(model, run.ModelPath, cancellationToken).ConfigureAwait(false);

        sink.Add(run.WeatherPath is null ? "no weather" : "weather");
        if (run.WeatherPath is { } weather)
        {
            await sink.AddFileAsync(weather, cancellationToken).ConfigureAwait(false);
            var statistics = WeatherStatistics.PathBeside(weather);
            if (File.Exists(statistics)) await sink.AddFileAsync(statistics, cancellationToken).ConfigureAwait(false);
        }
        foreach (var companion in run.CompanionFiles)
        {
            sink.Add(companion.Reference.Path, Text(File.Exists(companion.LocalPath)));
            if (File.Exists(companion.LocalPath)) await sink.AddFileAsync(companion.LocalPath, cancellationToken).ConfigureAwait(false);
        }
        return new(sink.Finish());
    }

    private static string Text(bool value) => value ? "yes" : "no";
}
