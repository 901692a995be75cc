using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Simulation;
using IdfKit.Studies;

using TestBed;

namespace StudyBench;

/// <summary>A study of many rows, all of which have run: their records are made of a real one.</summary>
internal sealed class ManyRows : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>What the tool is asked, by what it is called in the report.</summary>
    public IReadOnlyList<(string What, string[] Work)> Commands =>
    [
        ("plan of rows that have not run (`idfkit study check`)", ["study", "check", _folder["office.study.csv"], "-o", _folder["none"]]),
        ("plan of rows that have run (`idfkit study check`)", ["study", "check", _folder["office.study.csv"]]),
        ("plan of a large model (`RefBldgMediumOffice`)", ["study", "check", _folder["large.study.csv"]]),
        ("table and page (`idfkit study collect`)", ["study", "collect", _folder["office.study.csv"]]),
    ];

    /// <summary>The page, once it has been collected.</summary>
    public string Page => _folder["office.study", "index.html"];

    public static async Task<ManyRows> PrepareAsync(int count)
    {
        var made = new ManyRows();
        var folder = made._folder;
        File.Copy(RealParts.Model("one-zone"), folder["office.idf"]);
        File.Copy(RealParts.Weather("Golden"), folder["office.epw"]);
        var csv = new StringBuilder(
            "name,Material/Insulation/Thickness,Building//North Axis,Lights/*/Watts per Floor Area,tags.group\n");
        for (var row = 0; row < count; row++)
        {
            var (thickness, lights) = (0.05 + (row % 40 * 0.005), 4 + (row / 7 % 90 * 0.1));
            csv.Append(CultureInfo.InvariantCulture, $"v{row:00000},{thickness:0.000},{row % 360},{lights:0.0},{row % 7}\n");
        }
        await File.WriteAllTextAsync(folder["office.study.csv"], csv.ToString());
        await made.PrepareLargeAsync(count);
        var study = await Study.ReadAsync(folder["office.study.csv"]);
        await using var simulator = new Simulator(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        var runner = new StudyRunner(simulator);
        var first = study.Variants()[0].Name;
        var plan = await runner.PlanAsync(study, folder["office.study"]);
        await foreach (var ended in runner.RunAsync(plan.Only([first]), folder["office.study"]))
            if (ended.Result is not { Succeeded: true }) throw new InvalidOperationException(ended.Result?.Message);
        var real = JsonNode.Parse(await File.ReadAllBytesAsync(folder["office.study", "runs", first, "run.json"]))!.AsObject();
        foreach (var (row, planned) in plan.Variants.Index().Skip(1))
        {
            var name = planned.Variant.Name;
            Directory.CreateDirectory(folder["office.study", "runs", name]);
            await File.WriteAllTextAsync(folder["office.study", "runs", name, "run.json"], Vary(real, row, name, planned.Identity));
        }
        return made;
    }

    private async Task PrepareLargeAsync(int count)
    {
        File.Copy(RealParts.Model("MediumOffice"), _folder["large.idf"]);
        var rows = Enumerable.Range(0, count).Select(row => string.Create(
            CultureInfo.InvariantCulture, $"v{row:00000},{row % 360},{1 + (row % 7)},{0.01 + (row * 0.0001):0.####},12"));
        const string Headings =
            "name,Building//North Axis,Lights/*/Watts per Floor Area,Material/*/Thickness,BuildingSurface:Detailed/*/Vertex 1 Z-coordinate";
        await File.WriteAllLinesAsync(_folder["large.study.csv"], [Headings, .. rows]);
    }

    public void Dispose() => _folder.Dispose();

    private static string Vary(JsonObject real, int row, string name, string identity)
    {
        var record = real.DeepClone().AsObject();
        record["run_id"] = $"run-{row}";
        record["label"] = name;
        record["study"]!["name"] = name;
        record["study"]!["identity"] = identity;
        record["study"]!["row"] = row + 1;
        if (record["summary"] is JsonObject summary)
            foreach (var figure in (string[])["site_energy_gj", "site_eui_mj_m2", "source_energy_gj"])
                if (summary[figure] is { } value) summary[figure] = (double)value * (1 + (row / 12_345.0));
        return record.ToJsonString();
    }
}
