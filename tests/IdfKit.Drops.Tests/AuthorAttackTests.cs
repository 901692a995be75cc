using System.IO.Compression;
using System.Text;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;
using RunBed;
using TestBed;

namespace IdfKit.Drops.Tests;

/// <summary>
/// What the author of a model, a job file or a bundle may try: to have the function read what its role may and the author may not, to
/// cost it time, or to make it throw, so that the model is never answered. Each ends in a committed record of one sentence.
/// </summary>
public sealed class AuthorAttackTests
{
    private const string Year = "SimulationControl,No,No,No,No,Yes;\nRunPeriod,Year,1,1,,12,31,,Sunday;\n";
    private const string Secret = "secret of another model";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>EnergyPlus takes the last member, whatever a check has seen; it must not even start.</summary>
    [Theory] // attack 19
    [InlineData("\"file_name\": \"ok.csv\", \"file_name\": \"SECRET\"", "field file_name twice in Schedule:File \"S\"")]
    [InlineData("\"file_name\": \"SECRET\", \"file_name\": \"ok.csv\"", "field file_name twice in Schedule:File \"S\"")]
    [InlineData("\"file_name\": \"ok.csv\", \"\\u0066ile_name\": \"SECRET\"", "field file_name twice in Schedule:File \"S\"")]
    [InlineData("\"file_name\": \"ok.csv\", \"File_Name\": \"SECRET\"", "field File_Name twice in Schedule:File \"S\"")]
    [InlineData("\"file_name\": \"ok.csv\"}, \"S\": {\"file_name\": \"SECRET\"", "Schedule:File \"S\" twice")]
    [InlineData("\"file_name\": \"ok.csv\"}, \"\\u0053\": {\"file_name\": \"SECRET\"", "Schedule:File \"S\" twice")]
    [InlineData("\"file_name\": \"ok.csv\"}}, \"Schedule:File\": {\"T\": {\"file_name\": \"SECRET\"", "class Schedule:File twice")]
    [InlineData("\"file_name\": \"ok.csv\"}}, \"SCHEDULE:FILE\": {\"T\": {\"file_name\": \"SECRET\"", "class SCHEDULE:FILE twice")]
    [InlineData("\"file_name\": \"ok.csv\"}}, \"Schedule\\u003aFile\": {\"T\": {\"file_name\": \"SECRET\"", "class Schedule:File twice")]
    public async Task Member_of_epJSON_twice(string fields, string said)
    {
        await using var bed = new PipelineBed();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["secret.csv"], Secret, Token);
        await bed.PutAsync("inputs/ok.csv", "1\n");
        var text = "{\"Version\": {\"V\": {\"version_identifier\": \"25.2\"}}, \"Schedule:File\": {\"S\": {" + fields + "}}}";

        var record = await AnswerAsync(bed, "inputs/m.epJSON", text.Replace("SECRET", folder["secret.csv"], StringComparison.Ordinal));

        Expect(record, RunReason.NotAModel, said);
        Assert.Equal(0, bed.EnergyPlus.Runs);
    }

    [Theory] // attacks 21 and 24: no request is made
    [InlineData("s3://other/k.epw", "s3://other/k.epw is outside the input prefix")]
    [InlineData("s3://bucket/private/k.epw", "outside the input prefix")]
    [InlineData("/private/k.epw", "is not at s3://bucket/inputs/k.epw")] // it may lie beside the model
    [InlineData("../private/k.epw", "outside the input prefix")]
    [InlineData("s3://bucket/outputs/n/eplusout.err", "lies among results")]
    [InlineData("../outputs/n/eplusout.err", "lies among results")]
    public async Task Weather_that_only_the_role_can_read(string weather, string said)
    {
        foreach (var isJobFile in new[] { true, false })
        {
            await using var bed = new PipelineBed(settings => settings with { DefaultWeather = "epw/default.epw" });
            foreach (var key in new[] { "k.epw", "private/k.epw", "outputs/n/eplusout.err" }) await bed.PutAsync(key, Secret);
            if (isJobFile) await bed.PutAsync("inputs/m.job.json", $$"""{"weather": "{{weather}}"}""");
            var record = await AnswerAsync(bed, "inputs/m.idf", ScriptedEnergyPlus.Model() + Year, isJobFile ? null : weather);

            Expect(record, RunReason.NoWeather, said);
            string[] others = [" k.epw", " private/k.epw", "eplusout.err"];
            Assert.DoesNotContain(bed.Seen.Requests, request => others.Any(other => request.EndsWith(other, StringComparison.Ordinal)));
        }
    }

    [Fact] // attack 21: a 403 is an answer, also of a place that is allowed
    public async Task Weather_that_the_role_cannot_read_either()
    {
        await using var bed = new PipelineBed(settings => settings with { WeatherPlaces = ["s3://other/"] });
        bed.Seen.IsDenied = request => request.EndsWith(" k.epw", StringComparison.Ordinal);
        await bed.PutAsync("inputs/m.job.json", """{"weather": "s3://other/k.epw"}""");

        Expect(await AnswerAsync(bed, "inputs/m.idf", ScriptedEnergyPlus.Model() + Year), RunReason.NoWeather, "may not be read");
    }

    [Fact] // attack 24
    public async Task Weather_in_a_listed_place_is_read_and_results_are_not()
    {
        await using var bed = new PipelineBed(settings => settings with { WeatherPlaces = ["s3://bucket/"] });
        await bed.PutAsync("shared/k.epw", Weather.Text(1));
        await bed.PutAsync("outputs/n/k.epw", Weather.Text(1));
        await bed.PutAsync("inputs/m.job.json", """{"weather": "/shared/k.epw"}""");
        var record = await AnswerAsync(bed, "inputs/m.idf", ScriptedEnergyPlus.Model() + Year);
        Assert.Equal((RunStatus.Completed, "shared/k.epw"), (record.Status, record.Weather?.Key));

        await bed.PutAsync("inputs/m.job.json", """{"weather": "s3://bucket/outputs/n/k.epw"}""");
        Expect(await AnswerAsync(bed, "inputs/m.idf", ScriptedEnergyPlus.Model() + Year), RunReason.NoWeather, "lies among results");
    }

    /// <summary>Another model's file under the input prefix may be named; what is in it is nobody's but its author's.</summary>
    [Theory] // attacks 23 and 24
    [InlineData(Secret + "\n")]
    [InlineData("LOCATION," + Secret + "\n1,2,3\n")]
    [InlineData("LOCATION,a,b,c,d,1,2,3,4,5\n" + Secret + "\n" + Secret + "\n")]
    [InlineData("LOCATION,a,b,c,d,1,2,3,4,5\nDESIGN CONDITIONS,0\n" + Secret + "\n")]
    public async Task Text_that_is_no_weather_is_refused_before_EnergyPlus_and_not_quoted(string text)
    {
        await using var bed = new PipelineBed();
        await bed.PutAsync("inputs/theirs/notes.txt", text);
        await bed.PutAsync("inputs/m.job.json", """{"weather": "theirs/notes.txt"}""");

        var record = await AnswerAsync(bed, "inputs/m.idf", bed.EnergyPlus.CountedModel() + Year);

        Expect(record, RunReason.BadWeather, "The weather file 'notes.txt'");
        Assert.Equal(0, bed.EnergyPlus.Runs);
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(RunRecordFile.ToJson(record)), StringComparison.OrdinalIgnoreCase);
    }

    [Theory] // attack 22
    [InlineData("""{"timeout_seconds": 1e-9}""", "timeout_seconds 1e-9")]
    [InlineData("""{"timeout_seconds": 1e999}""", "timeout_seconds 1e999")]
    [InlineData("""{"timeout_seconds": -0.0}""", "timeout_seconds -0.0")]
    [InlineData("""{"weather": "s3://b/a\nb"}""", "line end")]
    [InlineData("""{"weather": "s3://b/a\u0000b"}""", "control character")]
    [InlineData("""{"weather": "s3://arn:aws:s3:eu-central-1:123456789012:accesspoint/a/b.epw"}""", "s3://bucket/key")]
    [InlineData("""{"weather": "arn:aws:s3:::b/a.epw"}""", "ARN")]
    [InlineData("""{"weather": "\ud800.epw"}""", "middle of a character")]
    [InlineData("""{"outputs": ["a\u0001b"]}""", "pattern")]
    [InlineData("""{"label": "a\u001b[31mb"}""", "control character")]
    [InlineData("""{"variables": ["a\nb"]}""", "that a model cannot hold")]
    public async Task Job_file_that_no_later_step_could_take(string jobFile, string said)
    {
        await using var bed = new PipelineBed();
        await bed.PutAsync("inputs/m.job.json", jobFile);

        Expect(await AnswerAsync(bed, "inputs/m.idf", ScriptedEnergyPlus.Model() + Year), RunReason.BadJobFile, said);
    }

    public static TheoryData<string> Metadata { get; } =
    [
        new string('w', 1_800), new string('w', 1_800) + "/x.epw", "s3://b/" + new string('k', 1_800), "arn:aws:s3:::b/a.epw", "s3://b//a",
    ];

    [Theory] // attack 22
    [MemberData(nameof(Metadata))]
    public async Task Metadata_that_can_name_no_file(string weather)
    {
        await using var bed = new PipelineBed();

        var record = await AnswerAsync(bed, "inputs/m.idf", ScriptedEnergyPlus.Model() + Year, weather);

        Expect(record, RunReason.NoWeather, "is neither a file of the bucket nor s3://bucket/key");
    }

    public static TheoryData<string, string> Entries { get; } = new()
    {
        { new string('e', 300), "a name of more than 255 bytes" },
        { string.Join('/', Enumerable.Repeat(new string('e', 200), 40)), "is no path inside it" },
        { "a|a/b", "'a' is a file in it and a folder too" },
        { "a/b|a", "'a' is a file in it and a folder too" },
        { "a\u0001b", "is no path inside it" },
        { "a\nb", "is no path inside it" },
        { "a//b", "is no path inside it" },
        { "m.idf/x.csv", "'m.idf' is a file in it and a folder too" },
        { "../../x", "is no path inside it" },
    };

    [Theory] // attack 22
    [MemberData(nameof(Entries))]
    public async Task Entry_of_a_zip_that_no_disk_can_hold(string names, string said)
    {
        await using var bed = new PipelineBed();

        var record = await AnswerAsync(bed, "inputs/m.zip", Zip(["m.idf", .. names.Split('|')]));

        Expect(record, RunReason.BadBundle, said);
    }

    [Theory] // attack 22
    [InlineData("inputs/a\u0001b.idf")]
    [InlineData("inputs/a\nb.idf")]
    [InlineData("inputs/a\u007fb.zip")]
    [InlineData("inputs//a.idf")]
    [InlineData("inputs/../a.idf")]
    public async Task Key_that_no_file_system_can_hold(string key)
    {
        await using var bed = new PipelineBed();

        var drop = new DroppedObject("bucket", ObjectKey.FromText(key)) { Sequencer = "01" };
        var record = Assert.Single(await bed.DeliverAsync(drop)).Record!;

        Expect(record, RunReason.BadKey, "its key is not a valid path");
    }

    [Theory] // attack 22, by the model itself
    [InlineData(1_000)]
    [InlineData(1_365)]
    public async Task Path_that_is_longer_than_a_disk_can_have(int levels)
    {
        await using var bed = new PipelineBed();
        foreach (var path in new[] { string.Concat(Enumerable.Repeat("../", levels)) + "x.csv", new string('x', 300) + "/x.csv" })
        {
            var record = await AnswerAsync(bed, "inputs/a/m.idf", ScriptedEnergyPlus.Model() + $"Schedule:File,S,,{path},1,0;\n");
            Assert.Equal(RunStatus.Rejected, record.Status);
            Assert.Contains(record.Reason, (string[])[RunReason.UnsafeObject, RunReason.TooLarge, RunReason.MissingFile]);
        }
    }

    [Theory] // attack 25
    [InlineData(0x1000)] // a pipe
    [InlineData(0x2000)] // a device
    [InlineData(0x6000)] // a disk
    [InlineData(0xC000)] // a socket
    public async Task Entry_of_a_zip_with_the_mark_of_no_file_is_a_file(int type)
    {
        await using var bed = new PipelineBed();
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "m.idf", ScriptedEnergyPlus.Model("cat special > $out/eplusout.eso") + "Schedule:File,S,,special,1,0;\n");
            Add(zip, "special", "1\n").ExternalAttributes = unchecked((int)((uint)(type | 0x1FF) << 16));
        }

        var record = await AnswerAsync(bed, "inputs/m.zip", Encoding.Latin1.GetString(buffer.ToArray()));

        Assert.True(record.Status == RunStatus.Completed, record.Message);
        Assert.Equal("1\n", await bed.Files.ReadTextAsync("outputs/m.zip/eplusout.eso", cancellationToken: Token));
    }

    private static async Task<RunRecord> AnswerAsync(PipelineBed bed, string key, string content, string? weather = null)
    {
        var drop = await bed.PutAsync(key, "");
        var options = weather is null
            ? new WriteOptions()
            : new WriteOptions { Metadata = new Dictionary<string, string> { ["weather"] = weather } };
        var encoding = key.EndsWith(".zip", StringComparison.Ordinal) ? Encoding.Latin1 : Encoding.UTF8;
        using var stream = new MemoryStream(encoding.GetBytes(content));
        await bed.Files.WriteAsync(key, stream, options, Token);
        var returned = Assert.Single(await bed.DeliverAsync(drop)).Record!;
        var folder = new OutputLayout("inputs/", "outputs/", sameBucket: true).FolderOf(drop.Key)["outputs/".Length..];
        var committed = await bed.RecordAsync(folder);
        Assert.Equal(returned.RunId, committed.RunId);
        return committed;
    }

    private static void Expect(RunRecord record, string reason, string said)
    {
        Assert.Equal((RunStatus.Rejected, reason), (record.Status, record.Reason));
        Assert.Contains(said, record.Message, StringComparison.Ordinal);
        Assert.True(record.Message!.Length <= 300 && record.Message.EndsWith('.'), record.Message);
        Assert.DoesNotContain(record.Message, char.IsControl);
        Assert.DoesNotContain(Secret, record.Message, StringComparison.Ordinal);
    }

    private static string Zip(IEnumerable<string> names)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in names) Add(zip, name, "x");
        return Encoding.Latin1.GetString(buffer.ToArray());
    }

    private static ZipArchiveEntry Add(ZipArchive zip, string name, string content)
    {
        var entry = zip.CreateEntry(name);
        using var writer = new StreamWriter(entry.Open());
        writer.Write(content);
        return entry;
    }
}
