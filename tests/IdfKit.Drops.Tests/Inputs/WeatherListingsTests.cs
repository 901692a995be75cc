using IdfKit.Drops.Inputs;
using IdfKit.Drops.Tests.Interleavings;
using IdfKit.Runs;
using IdfKit.Storage;
using RunBed;

namespace IdfKit.Drops.Tests.Inputs;

/// <summary>Many models of a folder list it a few times; and each finds the weather that was there when it was dropped.</summary>
public sealed class WeatherListingsTests
{
    private const string NeedsWeather = "SimulationControl,No,No,No,No,Yes;\nRunPeriod,Year,1,1,,12,31,,Sunday;\n";

    private readonly ScheduleClock _clock = new();

    [Theory]
    [InlineData(5)]
    [InlineData(25)]
    public async Task Models_dropped_at_once_list_their_folder_twice_however_many_they_are(int models)
    {
        await using var bed = new PipelineBed();
        await bed.Files.WriteTextAsync("inputs/site.epw", Weather.Text(20));
        var drops = new List<DroppedObject>();
        for (var at = 0; at < models; at++)
            drops.Add(await bed.PutAsync($"inputs/m{at}.idf", bed.EnergyPlus.CountedModel() + NeedsWeather));
        foreach (var drop in drops) await bed.DeliverAsync(drop);

        Assert.Equal(models, bed.EnergyPlus.Runs);
        Assert.Equal(2, bed.Seen.Requests.Count(request => request == "List inputs"));
        for (var at = 0; at < models; at++)
            Assert.Equal(("inputs/site.epw", "folder"), WeatherOf(await bed.RecordAsync($"m{at}")));
    }

    [Fact]
    public async Task Weather_that_was_dropped_before_a_model_is_seen_though_others_have_listed_the_folder()
    {
        await using var bed = await KnownFolderAsync();
        await bed.PutAsync("inputs/other.epw", Weather.Text(21));
        var late = await RunAsync(bed, "late");
        Assert.Equal((RunStatus.Rejected, RunReason.NoWeather), (late.Status, late.Reason));
        Assert.Contains("there are 2", late.Message, StringComparison.Ordinal);

        await bed.PutAsync("inputs/OWN.EPW", Weather.Text(22));
        Assert.Equal(("inputs/OWN.EPW", "sibling"), WeatherOf(await RunAsync(bed, "own")));
    }

    [Fact]
    public async Task Weather_beside_a_model_of_its_name_goes_first_though_it_came_last()
    {
        await using var bed = await KnownFolderAsync();
        var waits = await bed.PutAsync("inputs/m0.idf", bed.EnergyPlus.CountedModel() + NeedsWeather);
        await bed.PutAsync("inputs/m0.epw", Weather.Text(21));
        await bed.DeliverAsync(waits);
        Assert.Equal(("inputs/m0.epw", "sibling"), WeatherOf(await bed.RecordAsync("m0")));
    }

    [Fact]
    public async Task Weather_in_capitals_beside_a_model_in_capitals_goes_first_though_it_came_last()
    {
        await using var bed = new PipelineBed();
        await bed.Files.WriteTextAsync("inputs/site.epw", Weather.Text(20));
        var drops = new List<DroppedObject>();
        foreach (var name in new[] { "m0.idf", "m1.idf", "OFFICE.IDF" })
            drops.Add(await bed.PutAsync($"inputs/{name}", bed.EnergyPlus.CountedModel() + NeedsWeather));
        foreach (var drop in drops[..2]) await bed.DeliverAsync(drop);
        await bed.PutAsync("inputs/OFFICE.EPW", Weather.Text(21));
        await bed.DeliverAsync(drops[2]);
        Assert.Equal(("inputs/OFFICE.EPW", "sibling"), WeatherOf(await bed.RecordAsync("OFFICE.IDF")));
    }

    [Fact]
    public async Task Model_that_its_own_weather_starts_again_sees_it_however_it_is_written()
    {
        await using var bed = new PipelineBed();
        await bed.Files.WriteTextAsync("inputs/site.epw", "no weather");
        var drops = new List<DroppedObject>();
        for (var at = 0; at < 4; at++) drops.Add(await bed.PutAsync($"inputs/m{at}.idf", bed.EnergyPlus.CountedModel() + NeedsWeather));
        foreach (var drop in drops) await bed.DeliverAsync(drop);
        Assert.Equal(RunReason.BadWeather, (await bed.RecordAsync("m3")).Reason);

        await bed.DeliverAsync(await bed.PutAsync("inputs/M3.EPW", Weather.Text(21)));
        Assert.Equal(("inputs/M3.EPW", "sibling"), WeatherOf(await bed.RecordAsync("m3")));
    }

    [Fact]
    public async Task Model_that_is_put_again_finds_what_lies_there_then()
    {
        await using var bed = await KnownFolderAsync();
        await bed.PutAsync("inputs/other.epw", Weather.Text(21));
        Assert.Equal(RunReason.NoWeather, (await RunAsync(bed, "m0")).Reason);
    }

    [Fact]
    public async Task Weather_that_has_gone_is_waited_for_and_found_when_it_comes()
    {
        await using var bed = new PipelineBed();
        await bed.Files.WriteTextAsync("inputs/site.epw", Weather.Text(20));
        var drops = new List<DroppedObject>();
        for (var at = 0; at < 4; at++) drops.Add(await bed.PutAsync($"inputs/m{at}.idf", bed.EnergyPlus.CountedModel() + NeedsWeather));
        foreach (var drop in drops[..3]) await bed.DeliverAsync(drop);
        await bed.Files.RemoveAsync("inputs/site.epw");
        await bed.DeliverAsync(drops[3]);
        var waits = await bed.RecordAsync("m3");
        Assert.Equal((RunStatus.Rejected, RunReason.NoWeather), (waits.Status, waits.Reason));
        Assert.Contains("inputs/*.epw", waits.Missing);

        await bed.DeliverAsync(await bed.PutAsync("inputs/next.epw", Weather.Text(21)));
        Assert.Equal(("inputs/next.epw", "folder"), WeatherOf(await bed.RecordAsync("m3")));
    }

    [Fact]
    public async Task Models_that_wait_are_run_when_weather_comes_though_their_folder_was_listed_without_it()
    {
        await using var bed = new PipelineBed();
        for (var at = 0; at < 4; at++) Assert.Equal(RunReason.NoWeather, (await RunAsync(bed, $"m{at}")).Reason);
        await bed.DeliverAsync(await bed.PutAsync("inputs/site.epw", Weather.Text(20)));
        for (var at = 0; at < 4; at++) Assert.Equal(("inputs/site.epw", "folder"), WeatherOf(await bed.RecordAsync($"m{at}")));
    }

    [Fact] // a page that was read before the drop may lack weather that came before it
    public async Task Listing_under_way_when_a_model_comes_does_not_count_for_it()
    {
        var (files, listings) = (new MemoryFileSystem(), new WeatherListings(new ManualTime(_clock, TimeSpan.Zero)));
        files.WriteText("inputs/a.epw", "x");
        files.WriteText("inputs/m.idf", "x");
        Assert.Equal(["inputs/a.epw"], await ListAsync(files, listings, "inputs"));
        Assert.Empty(Remembered(files, listings, "inputs/m.idf"));

        files.WriteText("inputs/n.idf", "x");
        await ListAsync(files, listings, "inputs");
        Assert.Equal(["inputs/a.epw"], Remembered(files, listings, "inputs/m.idf"));
        Assert.Empty(Remembered(files, listings, "inputs/n.idf"));
    }

    [Fact]
    public async Task What_was_listed_is_forgotten_after_ten_seconds_and_by_a_listing_of_another_folder()
    {
        var (files, listings) = (new MemoryFileSystem(), new WeatherListings(new ManualTime(_clock, TimeSpan.Zero)));
        foreach (var name in new[] { "inputs/a.epw", "inputs/m.idf", "inputs/sub/b.epw" }) files.WriteText(name, "x");
        await ListAsync(files, listings, "inputs");
        await ListAsync(files, listings, "inputs");
        _clock.Now += TimeSpan.FromSeconds(9);
        Assert.NotEmpty(Remembered(files, listings, "inputs/m.idf"));
        Assert.Empty(listings.Remembered("another", "inputs", files.Stat("inputs/m.idf")));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Empty(Remembered(files, listings, "inputs/m.idf"));

        await ListAsync(files, listings, "inputs");
        Assert.NotEmpty(Remembered(files, listings, "inputs/m.idf"));
        await ListAsync(files, listings, "inputs/sub");
        Assert.Empty(Remembered(files, listings, "inputs/m.idf"));
    }

    /// <summary>Three models have run in it, so that its listing is remembered.</summary>
    private static async Task<PipelineBed> KnownFolderAsync()
    {
        var bed = new PipelineBed();
        await bed.Files.WriteTextAsync("inputs/site.epw", Weather.Text(20));
        var drops = new List<DroppedObject>();
        for (var at = 0; at < 3; at++) drops.Add(await bed.PutAsync($"inputs/m{at}.idf", bed.EnergyPlus.CountedModel() + NeedsWeather));
        foreach (var drop in drops) await bed.DeliverAsync(drop);
        Assert.Equal(2, bed.Seen.Requests.Count(request => request == "List inputs"));
        return bed;
    }

    private static async Task<RunRecord> RunAsync(PipelineBed bed, string name)
    {
        await bed.DeliverAsync(await bed.PutAsync($"inputs/{name}.idf", bed.EnergyPlus.CountedModel() + NeedsWeather));
        return await bed.RecordAsync(name);
    }

    private static (string? Key, string? Source) WeatherOf(RunRecord record) => (record.Weather?.Key, record.Weather?.Source);

    private static Task<List<string>?> ListAsync(MemoryFileSystem files, WeatherListings listings, string folder) =>
        listings.ListAsync(files.AsAsync(), "bucket", folder, CancellationToken.None);

    private static IReadOnlyList<string> Remembered(MemoryFileSystem files, WeatherListings listings, string model) =>
        listings.Remembered("bucket", "inputs", files.Stat(model));
}
