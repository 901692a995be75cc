using System.Text;

using IdfKit.Drops.Objects;
using IdfKit.Runs;
using IdfKit.Storage;
using RunBed;

namespace IdfKit.Drops.Tests;

/// <summary>The function's result cache: the same inputs are simulated once, and nothing altered is handed out.</summary>
public sealed class ResultCacheTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Same_inputs_are_not_simulated_again_and_the_record_names_the_run_that_made_the_results()
    {
        await using var bed = new PipelineBed(settings => settings with { Cache = "outputs/.cache" });
        var model = bed.EnergyPlus.CountedModel();
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        var made = await bed.RecordAsync("office");
        Assert.Null(made.ResultsOf);

        bed.Seen.Clear();
        await bed.DeliverAsync(await bed.PutAsync("inputs/b/copy.idf", "! only a comment\n" + model));
        var taken = await bed.RecordAsync("b/copy");
        Assert.Equal((RunStatus.Completed, made.RunId, "inputs/office.idf"), (taken.Status, taken.ResultsOf?.RunId, taken.ResultsOf?.Key));
        Assert.NotEqual(made.RunId, taken.RunId);
        Assert.Equal("inputs/b/copy.idf", taken.Input.Key);
        Assert.Equal(made.Files, taken.Files);
        Assert.Equal(1, bed.EnergyPlus.Runs);
        foreach (var file in made.Files)
        {
            var first = await bed.Files.ReadBytesAsync($"outputs/office/{file.Path}", Token);
            Assert.Equal(first, await bed.Files.ReadBytesAsync($"outputs/b/copy/{file.Path}", Token));
        }
        Assert.DoesNotContain(bed.Seen.Requests, request => request.StartsWith("Upload ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("entry.json", "{}")]
    [InlineData("entry.json", "cut off {")]
    [InlineData("eplusout.err", "poison")]
    [InlineData("summary.json", "{\"schema\":\"poison\"}")]
    [InlineData("eplusout.end", null)]
    public async Task Poisoned_entry_is_found_and_the_model_simulated_again(string name, string? content)
    {
        await using var bed = new PipelineBed(settings => settings with { Cache = "outputs/.cache/" });
        var model = bed.EnergyPlus.CountedModel();
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        var path = await PathOfAsync(bed, name);
        if (content is null) await bed.Files.RemoveAsync(path, Token);
        else await bed.Files.WriteBytesAsync(path, Encoding.UTF8.GetBytes(content), Token);

        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        var record = await bed.RecordAsync("office");
        Assert.Equal((RunStatus.Completed, null, 2), (record.Status, record.ResultsOf, bed.EnergyPlus.Runs));

        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        Assert.Equal((record.RunId, 2), ((await bed.RecordAsync("office")).ResultsOf?.RunId, bed.EnergyPlus.Runs));
    }

    [Fact]
    public async Task Entry_that_is_altered_as_a_whole_is_not_believed()
    {
        await using var bed = new PipelineBed(settings => settings with { Cache = "outputs/.cache/" });
        var model = bed.EnergyPlus.CountedModel();
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        var path = await PathOfAsync(bed, "entry.json");
        var entry = await bed.Files.ReadTextAsync(path, cancellationToken: Token);
        await bed.Files.WriteTextAsync(
            path, entry.Replace("\"warnings\":0", "\"warnings\":7", StringComparison.Ordinal), cancellationToken: Token);
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        Assert.Equal(2, bed.EnergyPlus.Runs);
    }

    [Theory]
    [InlineData("{\"annual\": false, \"label\": \"other\"}")]
    [InlineData("{\"design_day\": true}")]
    [InlineData("{\"variables\": [\"Zone Mean Air Temperature\"]}")]
    [InlineData("{\"outputs\": [\"*.err\"]}")]
    [InlineData("{\"outputs\": \"lean\"}")]
    public async Task What_decides_a_result_or_is_written_onto_it_is_part_of_the_key(string job)
    {
        await using var bed = new PipelineBed(settings => settings with { Cache = "outputs/.cache/" });
        var model = bed.EnergyPlus.CountedModel();
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        await bed.Files.WriteTextAsync("inputs/office.job.json", job, cancellationToken: Token);
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        Assert.Equal((2, null), (bed.EnergyPlus.Runs, (await bed.RecordAsync("office")).ResultsOf));
    }

    [Theory]
    [InlineData(StorageErrorKind.Unavailable)]
    [InlineData(StorageErrorKind.AccessDenied)]
    public async Task Cache_that_cannot_be_read_is_slow_and_not_broken(StorageErrorKind kind)
    {
        await using var bed = new PipelineBed(settings => settings with { Cache = "outputs/.cache/" });
        var model = bed.EnergyPlus.CountedModel();
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        bed.Seen.Before = request => request.StartsWith("Read outputs/.cache/", StringComparison.Ordinal)
            ? throw new StorageException(kind, "Read", "outputs/.cache")
            : Task.CompletedTask;
        await bed.DeliverAsync(await bed.PutAsync("inputs/b/office.idf", model));
        Assert.Equal((RunStatus.Completed, 2), ((await bed.RecordAsync("b/office")).Status, bed.EnergyPlus.Runs));

        bed.Seen.Before = null; // what could not be read is still there
        await bed.DeliverAsync(await bed.PutAsync("inputs/c/office.idf", model));
        Assert.Equal(2, bed.EnergyPlus.Runs);
    }

    [Fact]
    public async Task Failed_run_is_not_kept()
    {
        await using var bed = new PipelineBed(settings => settings with { Cache = "outputs/.cache/" });
        var model = ScriptedEnergyPlus.Model("kill -9 $$");
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        Assert.NotEqual(RunStatus.Completed, (await bed.RecordAsync("office")).Status);
        Assert.Empty(await bed.Files.GlobAsync("outputs/.cache", "**", Token).ToListAsync(Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://bucket/cache")]
    [InlineData("/cache/")]
    [InlineData("a//b/")]
    public void Place_that_can_be_none_is_refused(string cache) =>
        Assert.Throws<ArgumentException>(() => new RunSettings { Cache = cache });

    [Fact]
    public void Cache_among_the_inputs_is_refused_since_it_would_start_runs()
    {
        using var energyPlus = new ScriptedEnergyPlus();
        var engines = new OneEngine(energyPlus.Installation, (_, _, _) => throw new InvalidOperationException());
        var settings = new RunSettings { Cache = "inputs/.cache/" };
        var error = Assert.Throws<ArgumentException>(() => new DropDispatcher(settings, null!, engines, TimeProvider.System));
        Assert.Contains("inputs/.cache/", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> PathOfAsync(PipelineBed bed, string name)
    {
        var all = await bed.Files.GlobAsync("outputs/.cache", "**", Token).ToListAsync(Token);
        return Assert.Single(all, path => path.EndsWith("/" + name, StringComparison.Ordinal));
    }
}
