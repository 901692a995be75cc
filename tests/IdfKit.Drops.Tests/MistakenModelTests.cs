using RunBed;
using IdfKit.Drops.Objects;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Tests;

/// <summary>What was clearly meant as a model is answered by a record; everything else is left alone.</summary>
public sealed class MistakenModelTests
{
    [Theory]
    [InlineData("inputs/a.osm", "OpenStudio")]
    [InlineData("inputs/a/b.OSM", "OpenStudio")]
    [InlineData("inputs/a.osw", "in.idf")]
    [InlineData("inputs/a.imf", "EPMacro")]
    [InlineData("inputs/a.json", ".epJSON")]
    [InlineData("inputs/a.idf.gz", ".zip")]
    [InlineData("inputs/a.epJSON.gz", ".zip")]
    [InlineData("inputs/a.tar.gz", ".zip")]
    [InlineData("inputs/a.tgz", ".zip")]
    [InlineData("inputs/a.7z", ".zip")]
    [InlineData("inputs/a.rar", ".zip")]
    [InlineData("inputs/a.gbxml", "gbXML")]
    [InlineData("inputs/a.inp", "DOE-2")]
    [InlineData("inputs/a.idf.txt", "rename it")]
    [InlineData("inputs/a.expidf", "rename it")]
    [InlineData("inputs/a.idf ", "rename it")]
    [InlineData("inputs/.idf", "no name before")]
    [InlineData("inputs//k/m.idf", "not a valid path")]
    [InlineData("inputs/../m.idf", "not a valid path")]
    [InlineData("inputs/./m.zip", "not a valid path")]
    [InlineData("inputs/a\nb.idf", "not a valid path")]
    [InlineData("inputs/a\0b.epJSON", "not a valid path")]
    public async Task File_that_was_meant_as_a_model_is_answered_with_what_to_do(string key, string told)
    {
        await using var bed = new PipelineBed();
        foreach (var sequencer in new[] { "01", null }) // an event, and a direct call
        {
            var result = Assert.Single(await bed.DeliverAsync(new("bucket", ObjectKey.FromText(key)) { Sequencer = sequencer }));
            Assert.Equal((RunResultKind.Committed, RunStatus.Rejected), (result.Kind, result.Record!.Status));
            Assert.Contains(told, result.Record.Message, StringComparison.Ordinal);
            Assert.Equal(key, result.Record.Input.Key);
        }
        var record = RunRecordFile.FromJson(await bed.Files.ReadBytesAsync(FolderOf(key) + "/run.json", Token));
        Assert.Equal((RunStatus.Rejected, key), (record!.Status, record.Input.Key));
        Assert.DoesNotContain(bed.Seen.Requests, request => request.StartsWith("Download inputs/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("inputs/w.epw")]
    [InlineData("inputs/w.stat")]
    [InlineData("inputs/w.ddy")]
    [InlineData("inputs/use.csv")]
    [InlineData("inputs/office.job.json")]
    [InlineData("inputs/office.study.json")]
    [InlineData("inputs/office.study.csv")]
    [InlineData("inputs/readme.txt")]
    [InlineData("inputs/office.idf.bak")]
    [InlineData("inputs/office.idf~")]
    [InlineData("inputs/w.epw.gz")]
    [InlineData("inputs/fmu.xml")]
    [InlineData("inputs/._office.idf")]
    [InlineData("inputs/.DS_Store")]
    [InlineData("inputs/folder.idf/")]
    [InlineData("inputs//w.epw")]
    [InlineData("elsewhere/a.osm")]
    [InlineData("f.idf")]
    [InlineData("outputs/office/in.idf")]
    public async Task Companion_unknown_file_and_what_is_elsewhere_leave_nothing_behind(string key)
    {
        await using var bed = new PipelineBed();
        var result = Assert.Single(await bed.DeliverAsync(new("bucket", ObjectKey.FromText(key)) { Sequencer = "01" }));
        Assert.Equal(RunResultKind.Ignored, result.Kind);
        Assert.Empty(bed.Seen.Writes);
    }

    [Fact]
    public async Task Model_at_the_root_of_the_bucket_is_logged_with_where_it_belongs()
    {
        await using var bed = new PipelineBed();
        var result = Assert.Single(await bed.DeliverAsync(await bed.PutAsync("f.idf", "Version,25.2;")));
        Assert.Equal("'f.idf' is outside inputs/, so it is not run; put it under inputs/ to run it.", result.Explanation);
    }

    [Fact]
    public async Task Right_file_that_comes_after_the_mistaken_one_runs_beside_it()
    {
        await using var bed = new PipelineBed();
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.osm", "OS:Version"));
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", RunBed.ScriptedEnergyPlus.Model()));
        Assert.Equal(RunStatus.Rejected, (await bed.RecordAsync("office.osm")).Status);
        Assert.Equal(RunStatus.Completed, (await bed.RecordAsync("office")).Status);
    }

    [Fact]
    public async Task Keys_that_shared_a_folder_are_both_run()
    {
        await using var bed = new PipelineBed();
        await bed.DeliverAsync(await bed.PutAsync("inputs/a.idf", RunBed.ScriptedEnergyPlus.Model()));
        await bed.DeliverAsync((await bed.PutAsync("inputs/a.IDF", RunBed.ScriptedEnergyPlus.Model())) with { Sequencer = "00" });
        Assert.Equal(("inputs/a.idf", "inputs/a.IDF"),
            ((await bed.RecordAsync("a")).Input.Key, (await bed.RecordAsync("a.IDF")).Input.Key));
    }

    [Theory]
    [InlineData("line\u2028end.epw")] // a control character no file system takes any more
    [InlineData("arn:aws:s3:::bucket/w.epw")]
    [InlineData("s3://no bucket/w.epw")]
    [InlineData("")] // 1,800 characters
    public async Task Metadata_that_can_name_no_weather_is_answered(string weather)
    {
        await using var bed = new PipelineBed();
        var options = new WriteOptions
        {
            Metadata = new Dictionary<string, string> { ["weather"] = weather.Length > 0 ? weather : new string('w', 1_800) }
        };
        using var model = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(RunBed.ScriptedEnergyPlus.Model()));
        await bed.Files.WriteAsync("inputs/office.idf", model, options, Token);
        var result = Assert.Single(await bed.DeliverAsync(new("bucket", ObjectKey.FromText("inputs/office.idf")) { Sequencer = "01" }));
        Assert.Equal((RunStatus.Rejected, RunReason.NoWeather), (result.Record!.Status, result.Record.Reason));
    }

    [Fact]
    public async Task Model_that_is_not_there_is_told_apart_from_one_that_went()
    {
        await using var bed = new PipelineBed();
        var called = Assert.Single(await bed.DeliverAsync(new("bucket", ObjectKey.FromText("inputs/none.idf"))));
        Assert.Equal("There is no s3://bucket/inputs/none.idf; check the bucket and the key.", called.Record!.Message);
        var dropped = Assert.Single(await bed.DeliverAsync(new("bucket", ObjectKey.FromText("inputs/gone.idf")) { Sequencer = "01" }));
        Assert.Contains("removed or renamed before its run began", dropped.Record!.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string FolderOf(string key) =>
        new OutputLayout("inputs/", "outputs/", sameBucket: true).FolderOf(ObjectKey.FromText(key));
}
