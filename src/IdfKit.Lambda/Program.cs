using Amazon.Lambda.RuntimeSupport;

using IdfKit.Engine;
using IdfKit.Lambda;
using IdfKit.Runs;
using IdfKit.Storage.S3;

// The function: environment into options, options into parts, parts into Lambda's loop. Nothing else happens here.
CallerSecrets.Hide();
var log = JsonLog.ToStandardOutput();
Function function;
try
{
    function = Function.Create(FunctionOptions.FromEnvironment(Environment.GetEnvironmentVariables()), log);
}
catch (Exception e) when (e is FunctionStartException or EnergyPlusException or ArgumentException)
{
    log.Error($"The function cannot start: {e.Message}");
    await LambdaBootstrapBuilder.Create((Stream _) => throw e).UseBootstrapHandler(() => throw e).Build().RunAsync();
    return 1;
}

await using (function)
{
    await LambdaBootstrapBuilder.Create(function.Handler.HandleAsync).UseBootstrapHandler(function.WarmUpAsync).Build().RunAsync();
}
return 0;

/// <summary>The parts of the function, for as long as the process lives.</summary>
internal sealed class Function : IAsyncDisposable
{
    private readonly S3Buckets _buckets;
    private readonly EnergyPlusRunner _runner;

    private Function(S3Buckets buckets, EnergyPlusRunner runner, FunctionHandler handler) => (_buckets, _runner, Handler) = (buckets, runner, handler);

    public FunctionHandler Handler { get; }

    public static Function Create(FunctionOptions options, JsonLog log)
    {
        foreach (var name in options.UnknownVariables)
            log.Warning($"The variable {name} means nothing to this version; the ones it knows are {string.Join(", ", FunctionOptions.KnownVariables)}.");

        var installation = EnergyPlusInstallation.Find(options.EnergyPlusDirectory);
        var hostPath = Path.Combine(AppContext.BaseDirectory, "idfkit-engine");
        var buckets = new S3Buckets(new S3FileSystemOptions { EndpointUrl = options.S3Endpoint, Region = options.Region });
        var runner = new EnergyPlusRunner(installation, new EngineOptions { EngineHostPath = File.Exists(hostPath) ? hostPath : null, WarmHosts = 1, MaxMemoryBytes = options.EngineMemoryBytes, Confine = !options.Runs.AllowUnsafeObjects });
        var pipeline = new RunPipeline(options.Runs, buckets, installation, runner);
        log.Information("Started.", ("energyplus", installation.Version), ("build", installation.Build), ("directory", installation.Directory), ("replay", installation.IsReplay), ("confinement", runner.Confinement));
        return new(buckets, runner, new FunctionHandler(pipeline, log, TimeProvider.System, options.Concurrency));
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
