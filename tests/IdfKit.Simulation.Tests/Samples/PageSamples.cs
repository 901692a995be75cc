using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Simulation.Tests.Samples;

/// <summary>
/// The shorter samples of docs/simulation.md: that they compile is what is wanted here. What they do is tested
/// elsewhere.
/// </summary>
internal static class PageSamples
{
    public static async Task<object?> OneAsync()
    {
        // <one>
        await using var simulator = new Simulator();
        using var result = await simulator.SimulateAsync(new SimulationJob("office.idf", "chicago.epw", "results/office"));
        if (!result.Succeeded) Console.WriteLine(result.Message);
        foreach (var message in result.Errors.Messages) Console.WriteLine(message.Text);
        var series = result.Eso?.Series("Zone Mean Air Temperature");
        // </one>
        return series;
    }

    public static async Task StreamAsync(Simulator simulator, IEnumerable<SimulationJob> jobs, IAsyncFileSystem bucket)
    {
        // <stream>
        await foreach (var ended in simulator.SimulateBatchStreamAsync(jobs, new() { MaxConcurrency = 4 }, bucket))
        {
            Console.WriteLine($"{ended.Job}: {ended.Result?.Outcome.ToString() ?? ended.Error!.Message}");
            if (ended.Result is { Succeeded: false }) break; // leaving the stream stops the rest
        }
        // </stream>
    }

    public static async Task CacheAsync(IAsyncFileSystem shared, string cacheDirectory, EnergyPlusInstallation energyPlus)
    {
        // <cache>
        var cache = new SimulationCache(new CachingFileSystem(shared, cacheDirectory));
        await using var simulator = new Simulator(energyPlus, cache: cache);
        // </cache>
    }
}
