using System.Collections.Concurrent;

using IdfKit.Engine;
using IdfKit.Simulation;

using TestBed;

namespace IdfKit.Pages.Tests;

/// <summary>Real runs, each once for all tests: a whole year, design days, and a model with a fatal error.</summary>
public sealed class RealReports : IDisposable
{
    private const string Broken = "Version,25.2;\nBuilding,B;\nZone,A;\nBuildingSurface:Detailed,W;\n";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _paths = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = ["warehouse-year", "office-days", "broken"];

    /// <summary>Where the page of a run is.</summary>
    public Task<string> PathOfAsync(string run)
    {
        var energyPlus = RealParts.EnergyPlus();
        return _paths.GetOrAdd(run, _ => new(() => SimulateAsync(energyPlus, run))).Value;
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> SimulateAsync(string energyPlus, string run)
    {
        await using var simulator = new Simulator(EnergyPlusInstallation.Find(energyPlus));
        using var result = await simulator.SimulateAsync(JobOf(run));
        return _folder[run, "report.html"];
    }

    private SimulationJob JobOf(string run)
    {
        var days = new SimulationOptions { DesignDay = true, ReportMeters = true };
        var year = new SimulationOptions { Annual = true, ReportMeters = true };
        var weather = RealParts.Weather("Chicago");
        if (run == "warehouse-year") return new(RealParts.Model("RefBldgWarehouse"), weather, _folder[run]) { Options = year };
        if (run == "office-days") return new(RealParts.Model("RefBldgSmallOffice"), weather, _folder[run]) { Options = days };
        File.WriteAllText(_folder["broken.idf"], Broken);
        return new(_folder["broken.idf"], null, _folder[run]) { Options = days };
    }
}
