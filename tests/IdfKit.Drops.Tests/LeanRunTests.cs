using System.IO.Compression;

using IdfKit.Runs;
using IdfKit.Simulation;
using IdfKit.Storage;
using RunBed;

namespace IdfKit.Drops.Tests;

/// <summary>What is kept by the name of a profile.</summary>
public sealed class LeanRunTests
{
    private const string Table = "<html><body><p>Report: Annual</p><b>Areas</b><table><tr><td></td><td>Area [m2]</td></tr>"
        + "<tr><td>Total</td><td>7.00</td></tr></table></body></html>";

    private static readonly string Model = ScriptedEnergyPlus.Model(
        $"printf '%s' '{Table}' > $out/eplustbl.htm; echo 1 > $out/eplusout.eso; echo 1 > $out/eplusout.sql; echo 1 > $out/other.csv");

    private static CancellationToken Token => ScriptedEnergyPlus.Token;

    [Theory]
    [InlineData(OutputProfile.All, "eplusout.end eplusout.err eplusout.eso eplusout.sql eplustbl.htm")]
    [InlineData(OutputProfile.Lean, "eplusout.err eplustbl.htm")]
    [InlineData(OutputProfile.Essential, "eplusout.err eplusout.sql eplustbl.htm")]
    public async Task Profile_of_the_settings_keeps_its_files_and_says_nothing_of_the_others(OutputProfile profile, string kept)
    {
        await using var bed = new PipelineBed(settings => settings with { Outputs = profile });
        var record = await RunAsync(bed);
        Assert.Equal(kept.Split(' '), KeptOf(record));
        Assert.Equal(profile.ToString().ToLowerInvariant(), record.Options.Profile);
        Assert.Equal(profile is OutputProfile.All, record.Notices.Any(notice => notice.Contains("other.csv", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Job_file_wins_over_the_settings()
    {
        await using var bed = new PipelineBed(settings => settings with { Outputs = OutputProfile.Lean });
        await bed.Files.WriteTextAsync("inputs/office.job.json", """{"outputs": "essential"}""", cancellationToken: Token);
        Assert.Contains("eplusout.sql", KeptOf(await RunAsync(bed)));
        await bed.Files.WriteTextAsync("inputs/office.job.json", """{"outputs": ["*.eso"]}""", cancellationToken: Token);
        var record = await RunAsync(bed);
        Assert.Equal(["eplusout.eso"], KeptOf(record));
        Assert.Null(record.Options.Profile);
    }

    [Fact]
    public async Task Tables_of_a_lean_run_are_stored_compressed_and_read_as_they_were()
    {
        await using var bed = new PipelineBed(settings => settings with { Outputs = OutputProfile.Lean });
        var record = await RunAsync(bed);

        var entry = await bed.Files.StatAsync("outputs/office/eplustbl.htm", Token);
        Assert.Equal(("gzip", "text/html"), (entry.ContentEncoding, entry.ContentType));
        var listed = record.Files.Single(file => file.Path == "eplustbl.htm");
        Assert.Equal(("gzip", entry.SizeBytes), (listed.ContentEncoding, listed.SizeBytes));
        await using var stored = new GZipStream(
            new MemoryStream(await bed.Files.ReadBytesAsync("outputs/office/eplustbl.htm", Token)), CompressionMode.Decompress);
        Assert.Equal(Table, await new StreamReader(stored).ReadToEndAsync(Token));

        using var result = await SimulationResult.FromDirectoryAsync("outputs/office", bed.Files, Token);
        Assert.Equal("7.00", (await result.GetHtmlAsync(Token))!.Tables.Single()["Total", "Area"]);
        Assert.All(record.Files.Where(file => file.Path != "eplustbl.htm"), file => Assert.Null(file.ContentEncoding));
    }

    [Fact]
    public async Task Tables_that_are_cut_off_are_said_in_a_sentence()
    {
        await using var bed = new PipelineBed(settings => settings with { Outputs = OutputProfile.Lean });
        await RunAsync(bed);
        var stored = await bed.Files.ReadBytesAsync("outputs/office/eplustbl.htm", Token);
        stored[20] ^= 0x55;
        await bed.Files.WriteBytesAsync("outputs/office/eplustbl.htm", stored, Token);

        using var result = await SimulationResult.FromDirectoryAsync("outputs/office", bed.Files, Token);
        var fault = await Assert.ThrowsAsync<IdfKit.Engine.ResultsException>(() => result.GetHtmlAsync(Token));
        Assert.Contains("outputs/office/eplustbl.htm", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_compressed_where_people_open_the_stored_files()
    {
        await using var bed = new PipelineBed(settings => settings with { Outputs = OutputProfile.Lean, Compress = false });
        await RunAsync(bed);
        Assert.Equal(Table, await bed.Files.ReadTextAsync("outputs/office/eplustbl.htm", cancellationToken: Token));
        Assert.Null((await bed.Files.StatAsync("outputs/office/eplustbl.htm", Token)).ContentEncoding);
    }

    [Fact]
    public async Task Results_from_the_cache_are_stored_as_they_were()
    {
        await using var bed = new PipelineBed(settings => settings with { Outputs = OutputProfile.Lean, Cache = "outputs/.cache/" });
        await RunAsync(bed);
        var again = await RunAsync(bed, "inputs/copy/office.idf");
        Assert.NotNull(again.ResultsOf);
        Assert.Equal("gzip", (await bed.Files.StatAsync("outputs/copy/office/eplustbl.htm", Token)).ContentEncoding);
        Assert.Equal("gzip", again.Files.Single(file => file.Path == "eplustbl.htm").ContentEncoding);
    }

    private static async Task<RunRecord> RunAsync(PipelineBed bed, string key = "inputs/office.idf") =>
        Assert.Single(await bed.DeliverAsync(await bed.PutAsync(key, Model))).Record!;

    private static IEnumerable<string> KeptOf(RunRecord record) =>
        record.Files.Select(file => file.Path).Where(path => path.StartsWith("eplus", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
