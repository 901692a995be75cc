using System.Text.RegularExpressions;

using IdfKit.Engine.Tests.Processes;

using TestBed;

namespace IdfKit.Engine.Tests.Preparation;

/// <summary>A run of the design days of a prepared model by the real EnergyPlus.</summary>
internal sealed partial class MeteredRun
{
    private const string Added = "Output:Meter:MeterFileOnly,";

    private static readonly string[] Uses =
    [
        "Heating", "Cooling", "InteriorLights", "ExteriorLights", "InteriorEquipment", "ExteriorEquipment",
        "Fans", "Pumps", "HeatRejection", "Humidifier", "HeatRecovery", "WaterSystems", "Refrigeration",
    ];

    private static readonly string[] NoFuels =
        ["Water", "MainsWater", "EnergyTransfer", "PlantLoopHeatingDemand", "PlantLoopCoolingDemand"];

    public RunOutcome Outcome { get; private init; }

    /// <summary>Name and frequency of the meters that were added.</summary>
    public required IReadOnlyList<string> Meters { get; init; }

    public string Errors { get; private init; } = "";

    public string Eso { get; private init; } = "";

    /// <summary>The meters of end uses that there are.</summary>
    public IReadOnlyList<string> EndUses { get; private init; } = [];

    /// <summary>The meters that are reported by month.</summary>
    public IReadOnlyList<string> Reported { get; private init; } = [];

    public static async Task<MeteredRun> PrepareAsync(string model, PreparationOptions options, CancellationToken token)
    {
        using var folder = new TemporaryFolder();
        return new() { Meters = await PrepareAsync(model, folder["in.idf"], options, token) };
    }

    public static async Task<MeteredRun> RunAsync(string model, PreparationOptions options, CancellationToken token)
    {
        using var folder = new TemporaryFolder();
        var path = folder["in.idf"];
        var meters = await PrepareAsync(model, path, options with { Annual = true }, token);
        await using var runner = new EnergyPlusRunner(RealRun.Installation);
        var run = await runner.RunAsync(new()
        {
            ModelPath = path,
            WeatherPath = RealParts.Weather("Golden"),
            OutputDirectory = folder["out"],
            WorkingDirectory = Path.GetDirectoryName(path),
            DesignDay = true,
            ExpandObjects = false,
        }, null, token);
        return new()
        {
            Outcome = run.Outcome,
            Meters = meters,
            Errors = Read(folder["out", "eplusout.err"]),
            Eso = Read(folder["out", "eplusout.eso"]),
            EndUses = [.. Lines(folder["out", "eplusout.mdd"]).Select(Name).Where(IsEndUse)],
            Reported = ReportedBy(meters, Lines(folder["out", "eplusout.mtr"])),
        };
    }

    private static async Task<IReadOnlyList<string>> PrepareAsync(
        string model, string path, PreparationOptions options, CancellationToken token)
    {
        File.Copy(model, path);
        Model read;
        await using (var stream = File.OpenRead(path)) read = Model.Read(stream);
        var prepared = await ModelPreparation.PrepareAsync(read, path, RealRun.Installation, options, token);
        Assert.Null(prepared.Refusal);
        var added = prepared.AddedObjects.Where(item => item.StartsWith(Added, StringComparison.Ordinal));
        return [.. added.Select(item => item[Added.Length..^1])];
    }

    /// <summary>Of a run without such a file, those that were asked for.</summary>
    private static IReadOnlyList<string> ReportedBy(IReadOnlyList<string> meters, string[] file) => file.Length == 0
        ? [.. meters.Select(meter => meter.Split(',')[0])]
        : [.. file.Where(line => line.Contains("!Monthly", StringComparison.Ordinal)).Select(line => line.Split(',')[2].Split(" [")[0])];

    private static bool IsEndUse(string name) =>
        name.Split(':') is [var use, var fuel] && Uses.Contains(use) && !NoFuels.Contains(fuel);

    private static string Name(string line) => MeterName().Match(line).Groups[1].Value;

    private static string Read(string path) => File.Exists(path) ? Moments().Replace(File.ReadAllText(path), "") : "";

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    [GeneratedRegex(@"^(?:Zone,Meter,|Output:Meter,)([^\[,]*?) ?[\[,]", RegexOptions.None, 1000)]
    private static partial Regex MeterName();

    [GeneratedRegex(@"YMD=\d{4}\.\d\d\.\d\d \d\d:\d\d|\d\dhr \d\dmin +\d+\.\d+sec", RegexOptions.None, 10_000)]
    private static partial Regex Moments();
}
