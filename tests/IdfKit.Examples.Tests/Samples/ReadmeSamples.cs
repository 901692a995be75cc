using IdfKit.Engine;
using IdfKit.Simulation;
using IdfKit.Storage.S3;
using TestBed;

namespace IdfKit.Examples.Tests;

/// <summary>The sample of the README, run as it stands with the real EnergyPlus.</summary>
[Collection(nameof(StorageSamples))]
public sealed class ReadmeSamples(RgwServer rgw) : IDisposable
{
    private readonly SampleSurroundings _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Simulate_here_and_keep_the_results_in_a_bucket()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");
        _here.Set("ENERGYPLUS_DIR", RealParts.EnergyPlus());
        File.Copy(Repository.PathOf("examples", "one-zone.idf"), "office.idf");
        File.Copy(Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"), "golden.epw");

        await using var bucket = new AsyncS3FileSystem("my-bucket", new S3FileSystemOptions { Prefix = "studies/" });
        await using var simulator = new Simulator();
        var job = new SimulationJob(Path.GetFullPath("office.idf"), Path.GetFullPath("golden.epw"), "office");
        using var result = await simulator.SimulateAsync(job, bucket);
        Console.WriteLine($"{result.Outcome}: {result.Summary?.SiteEnergyGj} GJ, {result.Errors.Warnings} warnings");

        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.InRange(result.Summary!.SiteEnergyGj!.Value, 5, 50);
        Assert.True(await bucket.ExistsAsync("office/eplusout.sql"));
    }
}
