using System.Text.Json.Nodes;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Simulation;

using TestBed;

namespace CollectBench;

/// <summary>Records and summaries of real runs, from which thousands are made that differ in their figures.</summary>
internal sealed class RealRuns
{
    private readonly List<(JsonObject Record, JsonObject Summary)> _runs = [];

    /// <summary>Runs two models for a year, one for its design days, and one that ends with a fatal error.</summary>
    public static async Task<RealRuns> SimulateAsync()
    {
        using var folder = new TemporaryFolder();
        var broken = folder["broken.idf"];
        await File.WriteAllTextAsync(broken, "Version,25.2;\nBuilding,B;\nZone,A;\nBuildingSurface:Detailed,W;\n");
        var weather = RealParts.Weather("Chicago");
        SimulationJob[] jobs =
        [
            new(RealParts.Model("RefBldgWarehouse"), weather, folder["warehouse"]) { Options = new() { Annual = true } },
            new(RealParts.Model("RefBldgSmallOffice"), weather, folder["office"]) { Options = new() { Annual = true } },
            new(RealParts.Model("RefBldgWarehouse"), weather, folder["days"]) { Options = new() { DesignDay = true } },
            new(broken, null, folder["broken"]) { Options = new() { DesignDay = true } },
        ];
        var made = new RealRuns();
        await using var simulator = new Simulator(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        foreach (var job in jobs)
        {
            using var result = await simulator.SimulateAsync(job);
            var summary = result.Summary is { } there ? RunRecordFile.ToJson(there) : RunRecordFile.ToJson(new EnergySummary());
            made._runs.Add((JsonNode.Parse(RunRecordFile.ToJson(result.Record!))!.AsObject(), JsonNode.Parse(summary)!.AsObject()));
        }
        return made;
    }

    /// <summary>The record, with its summary in it, and the summary of one of the many.</summary>
    public (JsonObject Record, JsonObject Summary) Vary(int number)
    {
        var (record, summary) = _runs[number % _runs.Count];
        (record, summary) = (record.DeepClone().AsObject(), summary.DeepClone().AsObject());
        foreach (var figure in (string[])["site_energy_gj", "site_eui_mj_m2", "source_energy_gj", "total_area_m2"])
            if (summary[figure] is { } value) summary[figure] = (double)value * (1 + (number / 12_345.0));
        record["run_id"] = $"run-{number}";
        record["label"] = $"variant {number}";
        record["input"]!["key"] = $"inputs/{number % 100}/office-{number}.idf";
        record["tags"] = new JsonObject { ["group"] = $"{number % 7}" };
        record["timings_ms"]!["simulate"] = 1_000 + number;
        record["summary"] = summary.DeepClone();
        return (record, summary);
    }
}
