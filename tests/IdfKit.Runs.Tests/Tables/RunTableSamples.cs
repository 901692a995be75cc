using IdfKit.Storage;

using TestBed;

namespace IdfKit.Runs.Tests.Tables;

/// <summary>The sample of docs/run-table.md, run as it stands.</summary>
public sealed class RunTableSamples
{
    [Fact]
    public async Task Sample_of_the_page_about_tables()
    {
        using var folder = new TemporaryFolder();
        var path = folder["results.parquet"];
        var bucket = SampleRuns.Many(20).AsAsync();
        // <collect>
        var table = await RunTable.CollectAsync("outputs", bucket);
        await using (var file = File.Create(path)) await table.WriteParquetAsync(file);

        foreach (var run in table.Rows.Where(run => run.Status != "completed")) Console.WriteLine($"{run.Folder}: {run.Message}");
        var energy = table.Rows.Sum(run => run["site_energy_gj"] as double? ?? 0);

        // Later: only the records whose ETag has changed are read.
        table = await RunTable.CollectAsync("outputs", bucket, earlier: table);
        // </collect>
        Assert.Equal((20, 0), (table.Rows.Count, table.RecordsRead));
        Assert.InRange(energy, 1_000, 2_000);
        Assert.True(File.Exists(path));
    }
}
