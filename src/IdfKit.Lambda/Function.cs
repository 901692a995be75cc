using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Storage.S3;

namespace IdfKit.Lambda;

/// <summary>The parts of the function, for as long as the process lives.</summary>
internal sealed class Function : IAsyncDisposable
{
    private readonly S3Buckets _buckets;
    private readonly EnergyPlusRunner _runner;

    private Function(S3Buckets buckets, EnergyPlusRunner runner, RunPipeline pipeline) => (_buckets, _runner, Pipeline) = (buckets, runner, pipeline);

    public RunPipeline Pipeline { get; }

    /// <param name="options">From the environment.</param>
    /// <param name="warmHosts">How many engines wait for the next run.</param>
    /// <param name="log">What was found goes there.</param>
    public static Function Create(FunctionOptions options, int warmHosts, JsonLog log)
    {
        foreach (var name in options.UnknownVariables)
            log.Warning(FunctionOptions.AboutUnknown(name));

        var installation = EnergyPlusInstallation.Find(options.EnergyPlusDirectory);
        var hostPath = Path.Combine(AppContext.BaseDirectory, "idfkit-engine");
        var buckets = new S3Buckets(new S3FileSystemOptions { EndpointUrl = options.S3Endpoint, Region = options.Region });
        var runner = new EnergyPlusRunner(installation, new EngineOptions { EngineHostPath = File.Exists(hostPath) ? hostPath : null, WarmHosts = warmHosts, MaxMemoryBytes = options.EngineMemoryBytes, Confine = !options.Runs.AllowUnsafeObjects });
        var pipeline = new RunPipeline(options.Runs, buckets, installation, runner);
        log.Information("Started.", ("energyplus", installation.Version), ("build", installation.Build), ("directory", installation.Directory), ("replay", installation.IsReplay), ("confinement", runner.Confinement));
        return new(buckets, runner, pipeline);
    }

    /// <summary>Readies the first engine while Lambda's start-up, which is not billed twice, is still going on.</summary>
    public Task<bool> WarmUpAsync()
    {
        _runner.WarmUp();
        return Task.FromResult(true);
    }

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        await _buckets.DisposeAsync();
    }
}
