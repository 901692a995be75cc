using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage.S3;

namespace IdfKit.Function;

/// <summary>The parts of the function, for as long as the process lives.</summary>
internal sealed class Function : IAsyncDisposable
{
    private readonly S3Buckets _buckets;
    private readonly Engines _engines;

    private Function(S3Buckets buckets, Engines engines, DropDispatcher dispatcher, int concurrency) =>
        (_buckets, _engines, Dispatcher, Concurrency) = (buckets, engines, dispatcher, concurrency);

    public DropDispatcher Dispatcher { get; }

    public IBucketSource Buckets => _buckets;

    /// <summary>Whether models that run side by side are kept apart.</summary>
    public bool KeepsRunsApart => _engines.KeepsRunsApart;

    /// <summary>How many models of one event run at a time: one where nothing would keep them apart.</summary>
    public int Concurrency { get; }

    /// <param name="options">From the environment.</param>
    /// <param name="warmHosts">How many engines wait for the next run.</param>
    /// <param name="log">What was found goes there.</param>
    public static Function Create(FunctionOptions options, int warmHosts, JsonLog log)
    {
        foreach (var name in options.UnknownVariables)
            log.Warning(FunctionOptions.AboutUnknown(name));

        var installations = EnergyPlusInstallation.FindSeveral(options.EnergyPlusDirectory);
        var installation = installations[0];
        var buckets = new S3Buckets(new S3FileSystemOptions { EndpointUrl = options.S3Endpoint, Region = options.Region });
        var engines = new Engines(installations, new EngineOptions
        {
            WarmHosts = warmHosts,
            MaxMemoryBytes = options.EngineMemoryBytes,
            MaxProcessors = options.Processors,
            Confine = options.Confine,
            RequiredLayers = options.RequiredLayers,
            MaxWrittenBytes = options.MaxResultsBytes,
        });
        var studies = options.Runs.Studies with { RowsAtOnce = options.Concurrency };
        var dispatcher = new DropDispatcher(options.Runs with { Studies = studies }, buckets, engines);
        log.Information(
            "Started.",
            ("energyplus", installation.Version), ("build", installation.Build), ("directory", installation.Directory),
            ("replay", installation.IsReplay), ("confinement", engines.Confinement),
            ("versions", string.Join(", ", installations.Select(found => found.Version))));
        return new(buckets, engines, dispatcher, options.Concurrency);
    }

    /// <summary>Readies the engine for the next event, and returns at once.</summary>
    public void WarmUp() => _engines.WarmUp();

    public async ValueTask DisposeAsync()
    {
        await _engines.DisposeAsync();
        await _buckets.DisposeAsync();
    }
}
