using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Simulation;
using IdfKit.Storage;
using IdfKit.Studies;
using TestBed;

namespace IdfKit.Examples.Tests;

/// <summary>The first programs of docs/libraries.md, run as they stand with the real EnergyPlus.</summary>
[Collection(nameof(StorageSamples))]
public sealed class LibrarySamples : IDisposable
{
    private readonly SampleSurroundings _here = new();

    public LibrarySamples()
    {
        _here.Set("ENERGYPLUS_DIR", RealParts.EnergyPlus());
        Directory.CreateDirectory("models");
        foreach (var name in new[] { "office.idf", "models/north.idf", "models/south.idf" })
            File.Copy(Repository.PathOf("examples", "one-zone.idf"), name);
        File.Copy(RealParts.Weather("Golden"), "golden.epw");
        File.WriteAllText("office.study.csv", "name,weather,Building//North Axis\nbase,golden.epw,0\neast,golden.epw,90\n");
    }

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task One_run_and_its_results()
    {
        // One run.
        await using var simulator = new Simulator();
        using var result = await simulator.SimulateAsync(new SimulationJob("office.idf", "golden.epw", "results/office"));
        Console.WriteLine(result.Succeeded ? $"{result.Summary?.SiteEuiKwhM2} kWh/m²" : result.Message);

        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.True(File.Exists("results/office/report.html"));

        // Later, perhaps elsewhere: only the files are fetched that are asked for.
        using var run = SimulationResult.FromDirectory("results/office");
        var uses = run.Summary!.EndUsesGj!;
        var warnings = run.Errors.Warnings;
        var areas = run.Html!.Find("Annual Building Utility Performance Summary", "Building Area");

        Assert.Equal((true, 0, true), (uses.Count > 0, warnings, areas is not null));
    }

    [Fact]
    public async Task Many_runs_and_their_table()
    {
        // A folder of models, as many at once as there are processors.
        var jobs = Directory.GetFiles("models", "*.idf")
            .Select(model => new SimulationJob(model, "golden.epw", $"results/{Path.GetFileNameWithoutExtension(model)}"));
        await using var simulator = new Simulator();
        await foreach (var ended in simulator.SimulateBatchStreamAsync(jobs))
            Console.WriteLine($"{ended.Job}: {ended.Result?.Outcome.ToString() ?? ended.Error!.Message}");

        // All of them as one table.
        var table = await RunTable.CollectAsync("results", new AsyncLocalFileSystem("."));
        await using var csv = File.Create("results.csv");
        await table.WriteCsvAsync(csv);

        Assert.Equal(2, table.Rows.Count(row => row.Status == "completed"));
    }

    [Fact]
    public async Task A_study()
    {
        // A model in many variants.
        await using var simulator = new Simulator();
        var study = await Study.ReadAsync("office.study.csv");
        await foreach (var ended in new StudyRunner(simulator).RunAsync(study, "office.study"))
            Console.WriteLine($"{ended.Ended} of {ended.Total}: {ended.Variant}");

        Assert.Equal(2, Directory.GetFiles("office.study", "run.json", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task A_cache()
    {
        // The second run of the same content is none.
        var cache = new SimulationCache(new AsyncLocalFileSystem("cache"));
        await using var simulator = new Simulator(cache: cache);
        using var first = await simulator.SimulateAsync(new SimulationJob("office.idf", "golden.epw", "results/first"));
        using var second = await simulator.SimulateAsync(new SimulationJob("office.idf", "golden.epw", "results/second"));
        Console.WriteLine(second.Record?.RunId == first.Record?.RunId ? "from the cache" : "simulated");

        Assert.Equal(first.Record!.RunId, second.Record!.RunId);
    }

    [Fact]
    public async Task Files_anywhere()
    {
        // s3://bucket/prefix with the package IdfKit.Storage.S3; file:folder; mem: for tests.
        await using var files = FileSystems.Open("mem:");
        await files.WriteTextAsync("models/office.idf", await File.ReadAllTextAsync("office.idf"));
        await foreach (var path in files.GlobAsync("models", "*.idf")) Console.WriteLine(path);

        Assert.True(await files.ExistsAsync("models/office.idf"));
    }

    [Fact]
    public void Results_without_a_simulator()
    {
        File.WriteAllText("eplusout.err", "Program Version,EnergyPlus, Version 25.2.0\n   ** Warning ** Something\n");

        // EnergyPlus's files by themselves.
        using var file = File.OpenRead("eplusout.err");
        var errors = ErrReport.Read(file);
        foreach (var message in errors.Messages) Console.WriteLine($"{message.Severity}: {message.Text}");

        Assert.Single(errors.Messages);
    }
}
