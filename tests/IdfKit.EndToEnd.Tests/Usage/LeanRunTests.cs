using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using IdfKit.Drops;
using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Engine;
using IdfKit.Runs;
using TestBed;

namespace IdfKit.EndToEnd.Tests.Usage;

/// <summary>What a lean run of a real model with the real EnergyPlus stores, beside one that keeps all.</summary>
public sealed partial class LeanRunTests(EventServer server)
{
    private static readonly string[] KeptByLean = ["eplusout.err", "eplustbl.htm", "summary.json"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // design days, which the model itself asks for: little beside the tables
    public async Task Lean_run_of_a_warehouse_makes_at_most_nine_puts_and_stores_a_tenth_of_the_bytes(bool annual)
    {
        await using var runs = await WarehouseAsync(annual, "all", "lean");
        var (all, _) = await RunAsync(runs, "all");
        var (lean, seen) = await RunAsync(runs, "lean");

        Assert.Equal((RunStatus.Completed, "lean", null), (lean.Status, lean.Options.Profile, lean.Options.Outputs));
        // On a busy machine it takes long enough to tell how far it is.
        var puts = seen.Puts.Select(call => call.Target)
            .Where(target => !target.EndsWith("/progress.json", StringComparison.Ordinal)).ToList();
        Assert.True(puts.Count <= 9, $"it made {puts.Count} PUTs: {string.Join(' ', puts)}");
        Assert.Equal(seen.Counts, SeenRequests.CountsOf(lean.Usage!));
        var (most, least) = (await runs.StoredBytesAsync("outputs/all/"), await runs.StoredBytesAsync("outputs/lean/"));
        Assert.True(10 * least <= most, $"it stored {least} bytes, and with all files {most}");
        Assert.Equal(annual, lean.Summary!.SiteEnergyGj > 0);
        Assert.Equal(FiguresOf(all), FiguresOf(lean));
        Assert.Equal(all.Notices, lean.Notices); // what it was not asked to keep is not lost
        Assert.Null(lean.LeftOut);
        Assert.Subset(lean.Files.Select(file => file.Path).ToHashSet(), KeptByLean.ToHashSet());
        Assert.DoesNotContain(lean.Files, file => file.Path is "eplusout.sql" or "eplusout.eso" or "eplusout.mtr" or "eplusout.end");
    }

    [Fact]
    public async Task Essential_run_keeps_the_database_besides()
    {
        await using var runs = await WarehouseAsync(annual: false, "lean", "essential");
        var (lean, _) = await RunAsync(runs, "lean");
        var (essential, _) = await RunAsync(runs, "essential");
        Assert.Equal(
            lean.Files.Select(file => file.Path).Append("eplusout.sql").Order(StringComparer.Ordinal),
            essential.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tables_of_a_lean_run_are_stored_as_a_browser_reads_them()
    {
        await using var runs = await WarehouseAsync(annual: true, "all", "lean");
        await RunAsync(runs, "all");
        var (lean, _) = await RunAsync(runs, "lean");

        var plain = await runs.ReadAsync("outputs/all/eplustbl.htm");
        var stored = await runs.ReadAsync("outputs/lean/eplustbl.htm");
        Assert.Equal(("text/html", "gzip"), (stored.Type, stored.Encoding));
        Assert.True(string.IsNullOrEmpty(plain.Encoding), plain.Encoding);
        var listed = Assert.Single(lean.Files, file => file.Path == "eplustbl.htm");
        Assert.Equal((stored.Content.LongLength, "gzip"), (listed.SizeBytes, listed.ContentEncoding));
        await using var gzip = new GZipStream(new MemoryStream(stored.Content), CompressionMode.Decompress);
        using var text = new StreamReader(gzip, Encoding.UTF8);
        var tables = await text.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(WithoutTime(Encoding.UTF8.GetString(plain.Content)), WithoutTime(tables));
    }

    private static string FiguresOf(RunRecord record) =>
        Encoding.UTF8.GetString(RunRecordFile.ToJson(record.Summary! with { WhyEmpty = null }));

    private static string WithoutTime(string tables) => Clock().Replace(tables, "");

    [GeneratedRegex(@"\d\d:\d\d(:\d\d)?")]
    private static partial Regex Clock();

    private async Task<ProxiedRuns> WarehouseAsync(bool annual, params string[] profiles)
    {
        var runs = await ProxiedRuns.OnAsync(server, EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        foreach (var profile in profiles)
        {
            await runs.PutFileAsync($"inputs/{profile}.idf", RealParts.Model("RefBldgWarehouse"));
            await runs.PutFileAsync($"inputs/{profile}.epw", RealParts.Weather("Chicago"));
            var year = annual ? "true" : "false";
            await runs.PutAsync($"inputs/{profile}.job.json", $$"""{"outputs": "{{profile}}", "annual": {{year}}}""");
        }
        return runs;
    }

    private static async Task<(RunRecord Record, SeenRequests Seen)> RunAsync(ProxiedRuns runs, string profile)
    {
        runs.Proxy.Clear();
        var record = await runs.RunAsync($"inputs/{profile}.idf");
        return (record, new(runs.Proxy.Calls, $"outputs/{profile}/run.json"));
    }
}
