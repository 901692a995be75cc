using TestBed;

using IdfKit.Engine;
using IdfKit.Engine.Children;

namespace HostBench;

/// <summary>The plain program and a host, always in the same folder, so that paths in their files are the same.</summary>
internal sealed class BothEngines(EnergyPlusInstallation installation, string host) : IAsyncDisposable
{
    // Longer than a host needs to load EnergyPlus; in use that happens while results upload.
    private static readonly TimeSpan UntilReady = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder _folder = new();
    private readonly EnergyPlusRunner _plain = new(installation);
    private readonly EnergyPlusRunner _warm = new(installation, new() { EngineHostPath = host, WarmHosts = 1 });

    public string Output => _folder["output"];

    public async Task<EngineRun> RunAsync(string model, bool warm)
    {
        _warm.WarmUp();
        await Task.Delay(UntilReady);
        if (Directory.Exists(Output)) Directory.Delete(Output, recursive: true);
        var request = new EngineRequest
        {
            ModelPath = model,
            WeatherPath = RealParts.Weather(model.Contains("Denver", StringComparison.Ordinal) ? "Golden" : "Chicago"),
            OutputDirectory = Output,
            Timeout = TimeSpan.FromMinutes(20),
        };
        var run = await (warm ? _warm : _plain).RunAsync(request);
        return run is { Outcome: RunOutcome.Completed } && run.Warm == warm ? run
            : throw new InvalidOperationException($"{model} {(warm ? "through the host" : "through the program")} ended as "
                + $"{run.Outcome}, warm {run.Warm}: {_warm.HostUnavailableReason} {run.OutputTail}");
    }

    public async ValueTask DisposeAsync()
    {
        await _plain.DisposeAsync();
        await _warm.DisposeAsync();
        _folder.Dispose();
    }
}
