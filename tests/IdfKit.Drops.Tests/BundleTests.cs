using System.IO.Compression;
using System.Text;

using IdfKit.Runs;
using RunBed;

namespace IdfKit.Drops.Tests;

/// <summary>A dropped zip is one model with all it needs; what it tells of itself is not believed.</summary>
public sealed class BundleTests
{
    private const string Year = "SimulationControl,No,No,No,No,Yes;\nRunPeriod,Year,1,1,,12,31,,Sunday;\n";

    [Fact]
    public async Task Bundle_brings_its_weather_its_job_file_and_its_schedules()
    {
        await using var bed = new PipelineBed();
        var record = await RunAsync(bed, "inputs/a/office.zip",
            ("study/office.idf", ScriptedEnergyPlus.Model("cat schedules/s.csv > $out/eplusout.eso")
                + Year
                + "Schedule:File,S,,schedules/s.csv,1,0;\n"),
            ("study/office.job.json", """{"weather": "w/site.epw", "label": "from the bundle"}"""),
            ("study/w/site.epw", Weather.Text(20)),
            ("study/schedules/s.csv", "1,2\n"),
            ("__MACOSX/study/._office.idf", "x"));
        Assert.Equal((RunStatus.Completed, "from the bundle", "inputs/a/office.zip/study/w/site.epw"),
            (record.Status, record.Label, record.Weather!.Key));
        Assert.Equal("inputs/a/office.zip", record.Input.Key);
        Assert.Equal("1,2\n", await bed.Files.ReadTextAsync("outputs/a/office.zip/eplusout.eso"));
    }

    [Fact]
    public async Task What_a_bundle_lacks_is_taken_from_beside_it_also_when_it_comes_late()
    {
        await using var bed = new PipelineBed();
        var waiting = await RunAsync(bed, "inputs/office.zip", ("office.idf", bed.EnergyPlus.CountedModel() + Year));
        Assert.Equal((RunStatus.Rejected, RunReason.NoWeather), (waiting.Status, waiting.Reason));
        await bed.DeliverAsync(await bed.PutAsync("inputs/site.epw", Weather.Text(21)));
        var record = await bed.RecordAsync("office.zip");
        Assert.Equal((RunStatus.Completed, "inputs/site.epw", 1), (record.Status, record.Weather?.Key, bed.EnergyPlus.Runs));
    }

    [Fact]
    public async Task Bundles_that_are_unsafe_or_hold_no_single_model_are_refused_in_a_sentence()
    {
        await using var bed = new PipelineBed();
        var model = ("office.idf", ScriptedEnergyPlus.Model());
        List<((string Name, string Content)[] Entries, string Says)> bad =
        [
            ([("../out.idf", "x"), model], "'../out.idf' is no path"),
            ([("/abs.idf", "x")], "'/abs.idf' is no path"),
            ([("a\\..\\..\\b.idf", "x")], "is no path"),
            ([("read.me", "x")], "it holds no model"),
            ([model, ("second.epJSON", "{}")], "it holds 2 models (office.idf, second.epJSON)"),
            ([model, model], "'office.idf' is in it twice"),
            ([model, .. Enumerable.Range(0, 1000).Select(i => ($"f{i}", ""))], "it has 1001 entries"),
        ];
        foreach (var (entries, says) in bad)
        {
            var record = await RunAsync(bed, "inputs/bad.zip", entries);
            Assert.Equal((RunStatus.Rejected, RunReason.BadBundle), (record.Status, record.Reason));
            Assert.Contains(says, record.Message, StringComparison.Ordinal);
        }
        foreach (var damaged in new[] { "", "PK", "not a zip at all" })
            Assert.Equal(RunReason.BadBundle, (await RunAsync(bed, "inputs/bad.zip", Encoding.UTF8.GetBytes(damaged))).Reason);
    }

    [Fact]
    public async Task Links_and_bombs_are_refused()
    {
        await using var bed = new PipelineBed();
        var link = Zip(zip =>
        {
            var entry = zip.CreateEntry("w.epw");
            entry.ExternalAttributes = unchecked((int)0xA1FF0000);
            using var content = new StreamWriter(entry.Open());
            content.Write("/etc/passwd");
        });
        Assert.Contains("'w.epw' is a link", (await RunAsync(bed, "inputs/bad.zip", link)).Message, StringComparison.Ordinal);

        var bomb = Zip(zip =>
        {
            using var content = zip.CreateEntry("zeros.csv", CompressionLevel.SmallestSize).Open();
            var block = new byte[1 << 20];
            for (var i = 0; i < 100; i++) content.Write(block);
        });
        var record = await RunAsync(bed, "inputs/bad.zip", bomb);
        Assert.Equal((RunStatus.Rejected, RunReason.TooLarge), (record.Status, record.Reason));
        Assert.Contains("200 times its size", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_larger_than_the_disk_is_refused_before_it_is_fetched()
    {
        await using var bed = new PipelineBed();
        var drop = await bed.PutAsync("inputs/huge.idf", "Version,25.2;");
        var result = Assert.Single(await bed.DeliverAsync(drop with { SizeBytes = 1L << 55 }));
        Assert.Equal((RunStatus.Rejected, RunReason.TooLarge), (result.Record!.Status, result.Record.Reason));
        Assert.Contains("give the function more ephemeral storage", result.Record.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Download inputs/huge.idf", bed.Seen.Requests);
    }

    [Fact]
    public async Task What_systems_leave_in_folders_is_neither_model_nor_weather()
    {
        await using var bed = new PipelineBed();
        var record = await RunAsync(bed, "inputs/house.zip",
            ("house/house.idf", ScriptedEnergyPlus.Model() + Year),
            ("house/._house.idf", "\0"), ("house/week.epw", Weather.Text(0)), ("house/._week.epw", "\0"),
            ("__MACOSX/house/._house.idf", "\0"), (".DS_Store", "\0"),
            ("house/.DS_Store", "\0"), ("house/Thumbs.db", "\0"), ("desktop.ini", "x"));
        Assert.Equal((RunStatus.Completed, "inputs/house.zip/house/week.epw"), (record.Status, record.Weather?.Key));
    }

    [Theory]
    [InlineData("./house.idf", "./week.epw", "week.epw")]
    [InlineData("house\\house.idf", "house\\week.epw", "house/week.epw")]
    [InlineData("model/house.idf", "weather/week.epw", "weather/week.epw")]
    [InlineData("model/house.idf", "weather/WEEK.EPW", "weather/WEEK.EPW")]
    [InlineData("model/house.idf", "model/House.EPW", "model/House.EPW")]
    public async Task Weather_of_the_bundle_is_taken_wherever_in_it_it_is(string model, string weather, string found)
    {
        await using var bed = new PipelineBed();
        await bed.PutAsync("inputs/beside.epw", Weather.Text(0));
        var record = await RunAsync(bed, "inputs/house.zip", (model, ScriptedEnergyPlus.Model() + Year), (weather, Weather.Text(0)));
        Assert.Equal((RunStatus.Completed, "inputs/house.zip/" + found), (record.Status, record.Weather?.Key));
    }

    [Fact]
    public async Task Several_weather_files_elsewhere_in_the_bundle_are_named()
    {
        await using var bed = new PipelineBed();
        var record = await RunAsync(bed, "inputs/house.zip",
            ("model/house.idf", ScriptedEnergyPlus.Model() + Year), ("w/a.epw", Weather.Text(0)), ("w/b.epw", Weather.Text(0)));
        Assert.Equal(RunReason.NoWeather, record.Reason);
        Assert.Contains("there are 2: a.epw, b.epw", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_no_disk_can_hold_are_refused_in_a_sentence()
    {
        await using var bed = new PipelineBed();
        var model = ("office.idf", ScriptedEnergyPlus.Model());
        List<((string Name, string Content)[] Entries, string Says)> bad =
        [
            ([model, ("a", "x"), ("a/b", "x")], "'a' is a file in it and a folder too"),
            ([model, ("a/b", "x"), ("a", "x")], "'a' is a file in it and a folder too"),
            ([model, ("a/b/c/d", "x"), ("a/b", "x")], "'a/b' is a file in it and a folder too"),
            ([model, (new string('x', 300) + ".csv", "x")], "has a name of more than 255 bytes"),
            ([model, (new string('\u00fc', 130) + ".csv", "x")], "has a name of more than 255 bytes"),
            ([model, ("north/second.idf", "x")], "it holds 2 models (office.idf, north/second.idf); drop one .zip for each"),
            ([model, .. Enumerable.Range(0, 1000).Select(i => ($"f{i}", ""))], "at most 1,000 are taken"),
            ([model, ("b\u00fcro.csv", "x"), ("bu\u0308ro.csv", "x")], "is in it twice"),
        ];
        foreach (var (entries, says) in bad)
        {
            var record = await RunAsync(bed, "inputs/bad.zip", entries);
            Assert.Equal((RunStatus.Rejected, RunReason.BadBundle), (record.Status, record.Reason));
            Assert.Contains(says, record.Message, StringComparison.Ordinal);
            Assert.True(record.Message!.Length <= 300 && record.Message.EndsWith('.'), record.Message);
        }
    }

    [Theory]
    [InlineData("b\u00fcro.csv", "bu\u0308ro.csv")]
    [InlineData("b\u00fcro.csv", "./b\u00fcro.csv")]
    public async Task Name_in_the_form_of_macOS_is_found(string written, string packed)
    {
        await using var bed = new PipelineBed();
        var model = ScriptedEnergyPlus.Model($"cat {written} > $out/eplusout.eso") + $"Schedule:File,S,,{written},1,0;\n";
        var record = await RunAsync(bed, "inputs/house.zip", ("house.idf", model), (packed, "1,2\n"));
        Assert.True(record.Status == RunStatus.Completed, record.Message);
        Assert.Equal("1,2\n", await bed.Files.ReadTextAsync("outputs/house.zip/eplusout.eso"));
    }

    private static Task<RunRecord> RunAsync(PipelineBed bed, string key, params (string Name, string Content)[] entries) =>
        RunAsync(bed, key, Zip(zip =>
        {
            foreach (var (name, content) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(content);
            }
        }));

    private static async Task<RunRecord> RunAsync(PipelineBed bed, string key, byte[] content)
    {
        var drop = await bed.PutAsync(key, "");
        await bed.Files.WriteBytesAsync(key, content);
        return Assert.Single(await bed.DeliverAsync(drop)).Record!;
    }

    private static byte[] Zip(Action<ZipArchive> fill)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true)) fill(zip);
        return buffer.ToArray();
    }
}
