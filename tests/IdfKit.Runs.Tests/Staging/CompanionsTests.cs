using System.Text;

using TestBed;

using IdfKit.Engine;
using IdfKit.Runs.Preflight;
using IdfKit.Runs.Staging;
using IdfKit.Runs.Tests.Preflight;
using RunBed;
using IdfKit.Storage;

namespace IdfKit.Runs.Tests.Staging;

/// <summary>Files that a model names are found as on its author's machine, or it is said what to do.</summary>
public sealed class CompanionsTests : IDisposable
{
    private const string Decomposed = "bu\u0308ro.csv", Composed = "b\u00fcro.csv";

    private readonly TemporaryFolder _folder = new();
    private readonly IAsyncFileSystem _bucket = new MemoryFileSystem().AsAsync();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("use.csv", "use.csv")]
    [InlineData("data/use.csv", "data/use.csv")]
    [InlineData(@"data\use.csv", "data/use.csv")]
    [InlineData(@".\use.csv", "use.csv")]
    [InlineData("data/../use.csv", "use.csv")]
    [InlineData("../use.csv", "../use.csv")]
    [InlineData(@"..\..\common\use.csv", "../../common/use.csv")]
    public async Task Path_that_fits_takes_one_request_and_no_notice(string written, string lies)
    {
        await PutAsync(Resolve(lies), "1\n");
        var seen = new RecordingFileSystem(_bucket);
        var result = await FetchAsync(written, seen);
        Assert.Null(result.Rejection);
        Assert.Empty(result.Notices);
        Assert.False(result.IsModelRewritten);
        Assert.Equal("1\n", ReadAsEnergyPlus(result, written));
        Assert.Equal(["Download " + Resolve(lies)], seen.Requests);
    }

    [Theory]
    [InlineData("USE.CSV", "use.csv")]
    [InlineData("Data/Use.csv", "data/use.csv")]
    [InlineData(Composed, Decomposed)]
    [InlineData(Decomposed, Composed)]
    [InlineData(@"DATEN\B\u00dcRO.csv", "daten/bu\u0308ro.csv")]
    [InlineData("../Use.csv", "../use.CSV")]
    public async Task Other_spelling_is_taken_where_one_file_fits_and_told(string written, string lies)
    {
        written = written.Replace(@"\u00dc", "\u00dc", StringComparison.Ordinal);
        await PutAsync(Resolve(lies), "1\n");
        var result = await FetchAsync(written);
        Assert.Null(result.Rejection);
        Assert.Equal("1\n", ReadAsEnergyPlus(result, written));
        var notice = Assert.Single(result.Notices);
        Assert.Contains($"s3://bucket/{Resolve(lies)} was taken for it", notice, StringComparison.Ordinal);
        WeatherAgainstEnergyPlusTests.AssertIsSentence(notice);
    }

    [Theory]
    [InlineData(@"C:\Users\someone\study\use.csv", "use.csv")]
    [InlineData(@"C:\Users\someone\study\use.csv", "study/use.csv")]
    [InlineData(@"\\server\share\Use.csv", "use.csv")]
    [InlineData("/home/someone/use.csv", "use.csv")]
    [InlineData("~/use.csv", "use.csv")]
    [InlineData("file:///C:/x/use.csv", "use.csv")]
    [InlineData("/etc/../home/use.csv", "use.csv")]
    public async Task Path_of_another_machine_is_reduced_to_the_file_beside_the_model(string written, string lies)
    {
        await PutAsync(Resolve(lies), "1\n");
        foreach (var isJson in new[] { false, true })
        {
            var result = await FetchAsync(written, isJson: isJson);
            Assert.Null(result.Rejection);
            Assert.True(result.IsModelRewritten);
            Assert.Contains($"s3://bucket/{Resolve(lies)} was taken for it", Assert.Single(result.Notices), StringComparison.Ordinal);
            var now = Assert.Single(Model.Read(new MemoryStream(File.ReadAllBytes(ModelPath(isJson)))).ReferencedFiles).Path;
            Assert.Equal("1\n", ReadAsEnergyPlus(result, now));
            Assert.False(Path.IsPathRooted(now));
        }
    }

    [Fact]
    public async Task Path_of_this_machine_is_never_read_for_a_model_of_others()
    {
        await File.WriteAllTextAsync(_folder["secret.csv"], "secret");
        var result = await FetchAsync(_folder["secret.csv"]);
        Assert.Equal(RunReason.MissingFile, result.Rejection!.Reason);
        Assert.Contains("write only 'secret.csv' and put it beside the model", result.Rejection.Message, StringComparison.Ordinal);
        Assert.Equal(["inputs/a/b/secret.csv"], result.Rejection.Missing);
        WeatherAgainstEnergyPlusTests.AssertIsSentence(result.Rejection.Message);

        var own = await FetchAsync(_folder["secret.csv"], source: Source(_bucket) with { IsThisMachine = true });
        Assert.Equal((null, false, _folder["secret.csv"]), (own.Rejection, own.IsModelRewritten, Assert.Single(own.Files).LocalPath));
    }

    [Theory]
    [InlineData("../../../secret/use.csv")]
    [InlineData("a/../../../../use.csv")]
    [InlineData(@"..\..\..\..\..\etc\passwd")]
    public async Task Path_out_of_the_input_prefix_is_unsafe(string written)
    {
        await PutAsync("secret/use.csv", "secret");
        await PutAsync("use.csv", "secret");
        var result = await FetchAsync(written);
        Assert.Equal(RunReason.UnsafeObject, result.Rejection!.Reason);
        WeatherAgainstEnergyPlusTests.AssertIsSentence(result.Rejection.Message);
        Assert.Empty(result.Rejection.Missing);
    }

    [Theory]
    [InlineData("use.csv", new[] { "used.csv" }, "found used.csv")]
    [InlineData("use.csv", new[] { "use.txt" }, "found use.txt")]
    [InlineData("use.csv", new[] { "USE.csv", "Use.csv" }, "found USE.csv and Use.csv")]
    [InlineData("data/occupancy.csv", new[] { "occupancy.csv" }, "found occupancy.csv")]
    [InlineData("occupancy.csv", new[] { "data/occupancy.csv" }, "is there|was taken|found data/occupancy.csv")]
    [InlineData("use.csv", new[] { "use.idf", "use.epw" }, "'s3://bucket/inputs/a/b/use.csv'; put it there")]
    public async Task Missing_file_is_said_with_what_is_nearly_it(string written, string[] lie, string said)
    {
        foreach (var file in lie) await PutAsync(Resolve(file), "1\n");
        var result = await FetchAsync(written);
        Assert.Equal(RunReason.MissingFile, result.Rejection!.Reason);
        Assert.Contains(said.Split('|'), part => result.Rejection.Message.Contains(part, StringComparison.Ordinal));
        Assert.Equal([Resolve(written)], result.Rejection.Missing);
        WeatherAgainstEnergyPlusTests.AssertIsSentence(result.Rejection.Message);
    }

    [Theory]
    [InlineData("schedules/")]
    [InlineData("..")]
    [InlineData("a\u0001b.csv")]
    public async Task Path_that_can_name_no_file_is_said_in_a_sentence(string written)
    {
        var result = await FetchAsync(written);
        Assert.Equal(RunReason.MissingFile, result.Rejection!.Reason);
        WeatherAgainstEnergyPlusTests.AssertIsSentence(result.Rejection.Message);
    }

    [Fact]
    public async Task Name_of_300_characters_is_said_in_a_sentence()
    {
        var result = await FetchAsync(new string('x', 300) + ".csv");
        Assert.Equal(RunReason.MissingFile, result.Rejection!.Reason);
        WeatherAgainstEnergyPlusTests.AssertIsSentence(result.Rejection.Message);
    }

    [Fact]
    public async Task File_that_may_not_be_read_is_said_and_waited_for()
    {
        var seen = new RecordingFileSystem(_bucket)
        {
            Before = request => throw new StorageException(StorageErrorKind.AccessDenied, "Read", "x", request),
        };
        var result = await FetchAsync("use.csv", seen);
        Assert.Contains("may not be read", result.Rejection!.Message, StringComparison.Ordinal);
        Assert.Equal(["inputs/a/b/use.csv"], result.Rejection.Missing);
    }

    [Fact]
    public async Task Several_files_are_fetched_and_each_folder_listed_at_most_once()
    {
        for (var i = 0; i < 20; i++) await PutAsync($"inputs/a/b/s{i}.csv", $"{i}");
        var model = string.Concat(Enumerable.Range(0, 20).Select(i => $"Schedule:File,F{i},Any,S{i}.CSV,1,0;\n"));
        var seen = new RecordingFileSystem(_bucket);
        var result = await FetchModelAsync(Encoding.UTF8.GetBytes("Version,25.2;\n" + model), Source(seen));
        Assert.Null(result.Rejection);
        Assert.Equal(20, result.Files.Count);
        Assert.Single(seen.Requests, request => request.StartsWith("List", StringComparison.Ordinal));
        for (var i = 0; i < 20; i++) Assert.Equal($"{i}", ReadAsEnergyPlus(result, $"S{i}.CSV"));
    }

    [Fact]
    public async Task Companion_never_lies_on_the_model()
    {
        await PutAsync("inputs/a/b/in.idf", "1\n");
        await PutAsync("inputs/a/in.idf", "2\n");
        foreach (var (written, content) in new[] { ("in.idf", "1\n"), ("../in.idf", "2\n") })
        {
            var result = await FetchAsync(written);
            Assert.Equal(content, ReadAsEnergyPlus(result, written));
            Assert.Contains("Schedule:File", await File.ReadAllTextAsync(ModelPath(isJson: false)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rewriting_changes_values_and_no_comment_and_no_longer_name()
    {
        await PutAsync("inputs/a/b/use.csv", "1\n");
        const string Text = "! C:\\x\\use.csv\r\nVersion,25.2;\r\nSchedule:File, A, Any, C:\\x\\use.csv, 1, "
            + "0; Schedule:File,B,Any,C:\\x\\use.csv,1,0; ! C:\\x\\use.csv\r\n"
            + "Schedule:File,\r\n  C:\\x\\use.csv,  !- Name\r\n  Any,\r\n  C:\\x\\use.csv,  !- C:\\x\\use.csv\r\n  1, 0;\r\n";
        var result = await FetchModelAsync(Encoding.UTF8.GetBytes(Text), Source(_bucket));
        Assert.Null(result.Rejection);
        var now = await File.ReadAllTextAsync(ModelPath(isJson: false));
        Assert.Equal(
            3, Model.Read(new MemoryStream(Encoding.UTF8.GetBytes(now))).ReferencedFiles.Count(reference => reference.Path == "use.csv"));
        Assert.Equal(4, now.Split("C:\\x\\use.csv").Length - 1); // three comments and a name
    }

    [Theory]
    [InlineData(@"C:\Users\someone\use.csv", "use.csv")]
    [InlineData("USE.CSV", "use.csv")]
    [InlineData(@"data\Use.csv", "data/use.csv")]
    [InlineData("../use.csv", "../use.csv")]
    [InlineData(@"\\server\b\" + Composed, Decomposed)]
    [InlineData("\"use.csv\"", "use.csv")]
    public async Task EnergyPlus_finds_what_was_staged(string written, string lies)
    {
        await using var house = new RealHouse();
        await PutAsync(Resolve(lies), string.Concat(Enumerable.Repeat("0.5\n", 8760)));
        Assert.Equal(RunOutcome.Completed, await RunAsync(house, Encoding.UTF8.GetBytes(Using(written)), Source(_bucket)));
    }

    [Fact]
    public async Task EnergyPlus_finds_the_file_of_a_model_in_Latin_1()
    {
        await using var house = new RealHouse();
        await PutAsync(Resolve(Decomposed), string.Concat(Enumerable.Repeat("0.5\n", 8760)));
        Assert.Equal(RunOutcome.Completed, await RunAsync(house, Encoding.Latin1.GetBytes(Using(Composed)), Source(_bucket)));
    }

    [Theory]
    [InlineData("DataSets/TDV/TDV_2008_kBtu_CTZ06.csv")]
    [InlineData(@"..\datasets\TDV\TDV_2008_kBtu_CTZ06.csv")]
    [InlineData(@"C:\EnergyPlusV25-2-0\DataSets\tdv\TDV_2008_kBtu_CTZ06.csv")]
    public async Task EnergyPlus_finds_its_own_data(string written)
    {
        await using var house = new RealHouse();
        var model = Using(written).Replace(",1,0,8760,Comma", ",1,4,8760,Comma", StringComparison.Ordinal);
        var source = Source(_bucket) with { DataSets = DataSetsFolder.Of(house.Installation.Directory) };
        var result = await FetchModelAsync(Encoding.UTF8.GetBytes(model), source);
        Assert.Contains("EnergyPlus's own data was taken", Assert.Single(result.Notices), StringComparison.Ordinal);
        Assert.True(new FileInfo(Assert.Single(result.Files).LocalPath).Length > 0);
    }

    [Fact]
    public void Sentences_hold_with_the_longest_of_names()
    {
        var name = new string('n', 400) + "\r\n.csv";
        var reference = new FileReference(name, "ExternalInterface:FunctionalMockupUnitImport", name, int.MaxValue);
        foreach (var sentence in new[]
        {
            RunSentences.CompanionMissing(reference, name, [name, name], 1000, waits: true),
            RunSentences.CompanionDenied(reference, name, true),
            RunSentences.CompanionDenied(reference, name, false),
            RunSentences.CompanionMissing(reference, name, [name, name], 1000, waits: false), RunSentences.PathLeadsOut(reference),
            RunSentences.RootedCompanionMissing(reference, name, [name, name]), RunSentences.PathIsNoFile(reference),
            RunSentences.PathNotRewritten(reference), RunSentences.FoundOtherwise(reference, name),
            RunSentences.WeatherMended(name, rows: true, names: true),
            RunSentences.NoWeatherFile(name, OtherWeather.LargeFilePointer),
            RunSentences.MainsAreNonsense(name, isRefused: true),
            RunSentences.MainsFromWeatherItself(name), RunSentences.MainsFromWeatherItself(name, isDenied: true),
            RunSentences.WeatherHasOldLineEnds(name),
            RunSentences.WeatherCutOff(name, int.MaxValue, int.MaxValue, int.MaxValue),
            RunSentences.WeatherLineUnfit(name, 8, name[..24], name[..25]),
            RunSentences.WeatherHourMissing(name, int.MaxValue, 24, 12, 31, 24), RunSentences.WeatherPeriodsUnfit(name, name[..50]),
        }) WeatherAgainstEnergyPlusTests.AssertIsSentence(sentence);
    }

    private static string Using(string written) =>
        RealHouse.Model + $"Schedule:File,Use,Any,{written},1,0,8760,Comma,No,60;\nElectricEquipment,Gear,Hall,Use,EquipmentLevel,200;\n";

    private async Task<RunOutcome> RunAsync(RealHouse house, byte[] model, CompanionSource source)
    {
        var result = await FetchModelAsync(model, source);
        Assert.Null(result.Rejection);
        var weather = _folder["in", "in.epw"];
        await File.WriteAllTextAsync(weather, RealHouse.Text(RealHouse.Week()));
        await using var runner = new EnergyPlusRunner(house.Installation);
        var run = await runner.RunAsync(new()
        {
            ModelPath = ModelPath(isJson: false), WeatherPath = weather,
            WorkingDirectory = result.WorkingDirectory, OutputDirectory = _folder["out"],
        });
        return run.Outcome;
    }

    private Task PutAsync(string key, string content) => _bucket.WriteTextAsync(key, content);

    private static CompanionSource Source(IAsyncFileSystem files) =>
        new(files, "inputs/a/b", key => "s3://bucket/" + key) { Boundary = "inputs", WaitsForFiles = true };

    private Task<CompanionResult> FetchAsync(
        string written, IAsyncFileSystem? files = null, bool isJson = false, CompanionSource? source = null)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(written);
        var model = isJson
            ? "{\"Version\": {\"V\": {\"version_identifier\": \"25.2\"}},\n\"Schedule:File\": {\"S\": {\"file_name\": "
                + json
                + ", \"column_number\": 1}}}"
            : $"Version,25.2;\nSchedule:File,\n  S,\n  Any,\n  {written},  !- File Name\n  1, 0;\n";
        return FetchModelAsync(Encoding.UTF8.GetBytes(model), source ?? Source(files ?? _bucket), isJson);
    }

    private async Task<CompanionResult> FetchModelAsync(byte[] text, CompanionSource source, bool isJson = false)
    {
        var inputs = _folder["in"];
        if (Directory.Exists(inputs)) Directory.Delete(inputs, recursive: true);
        Directory.CreateDirectory(inputs);
        await File.WriteAllBytesAsync(ModelPath(isJson), text);
        var staged = StagedModel.Read(ModelPath(isJson), Path.GetFileName(ModelPath(isJson)));
        return await new Companions(source).FetchAsync(staged.Model, staged.Path, inputs, CancellationToken.None);
    }

    private string ModelPath(bool isJson) => _folder["in", isJson ? "in.epJSON" : "in.idf"];

    /// <summary>As the system resolves it: every folder on the way must be there.</summary>
    private static string ReadAsEnergyPlus(CompanionResult result, string written) =>
        File.ReadAllText(result.WorkingDirectory + "/" + written.Replace('\\', '/'));

    private static string Resolve(string relative) => CompanionPath.Of(relative).From("inputs/a/b", "")!;
}
