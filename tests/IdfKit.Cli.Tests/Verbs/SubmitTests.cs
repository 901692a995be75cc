using System.Text.Json.Nodes;

using IdfKit.Runs;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary><c>idfkit submit</c>: every file is there once, companions before models, and nothing without being said.</summary>
public sealed class SubmitTests(RgwServer rgw, MotoServer moto) : IDisposable
{
    private const string Year = Recorded.Model + "SimulationControl,No,No,No,No,Yes;\nRunPeriod,Year,1,1,,12,31,,Sunday;\n";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Places => VerbPlace.All;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Places))]
    public async Task Models_and_what_they_name_are_put_once_and_a_second_call_puts_nothing(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        Put("m/a/office.idf", Year + "Schedule:File,S,,../shared/use 1.csv,1,0;\n");
        Put("m/shared/use 1.csv", "1\n");
        File.Copy(RealParts.Weather("Golden"), _folder["m", "a", "office.epw"]);
        Put("m/büro.idf", Recorded.Model);
        Put("m/notes.txt", "nothing");

        var (exitCode, output) = await place.IdfKitAsync("submit", _folder["m"], "--to", place.Name, "--dry-run");
        Assert.True(exitCode == 0, output);
        Assert.Contains("2 runs, 4 files to put", output, StringComparison.Ordinal);
        Assert.Empty(await place.ListAsync());

        (exitCode, output) = await place.IdfKitAsync("submit", _folder["m"], "--to", place.Name);
        Assert.True(exitCode == 0, output);
        Assert.Contains("2 runs, 4 files to put", output, StringComparison.Ordinal);
        var there = await place.ListAsync();
        Assert.Equal(["inputs/a/office.epw", "inputs/a/office.idf", "inputs/büro.idf", "inputs/shared/use 1.csv"], there.Keys);

        (exitCode, output) = await place.IdfKitAsync("submit", _folder["m"], "--to", place.Name);
        Assert.True(exitCode == 0, output);
        Assert.Contains("0 runs, 0 files to put, 0 B; 4 files are there already.", output, StringComparison.Ordinal);
        Assert.Equal(there.Values.Select(entry => entry.Modified), (await place.ListAsync()).Values.Select(entry => entry.Modified));

        Put("m/shared/use 1.csv", "2\n");
        (_, output) = await place.IdfKitAsync("submit", _folder["m"], "--to", place.Name, "--dry-run");
        Assert.Contains("again", output, StringComparison.Ordinal);
        Assert.Contains("1 run, 2 files to put", output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Options_become_a_job_file_beside_each_model(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        Put("office.idf", Year);
        Put("office.job.json", "{ // mine\n \"readvars\": true, \"tags\": {\"a\": \"1\"}, }");
        var weather = _folder["golden é.epw"];
        File.Copy(RealParts.Weather("Golden"), weather);
        var (exitCode, output) = await place.IdfKitAsync(
            "submit", _folder["office.idf"], "--to", place.Name.TrimEnd('/') + "/inputs/p", "--weather", weather, "--annual",
            "--label", "Büro", "--tags", "season=summer", "--tags", "b=x=y");
        Assert.True(exitCode == 0, output);
        Assert.Equal(
            ["inputs/p/office.idf", "inputs/p/office.job.json", "inputs/weather/golden é.epw"],
            (await place.ListAsync()).Keys);
        var job = JsonNode.Parse(await place.Files.ReadTextAsync("inputs/p/office.job.json"))!;
        Assert.Equal("/inputs/weather/golden é.epw", (string?)job["weather"]);
        Assert.Equal(
            (true, true, "Büro", "1", "summer", "x=y"),
            ((bool)job["readvars"]!, (bool)job["annual"]!, (string?)job["label"], (string?)job["tags"]!["a"],
                (string?)job["tags"]!["season"], (string?)job["tags"]!["b"]));
    }

    [Fact]
    public async Task Refused_model_keeps_everything_back_unless_it_is_skipped()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        Put("m/good.idf", Recorded.Model);
        Put("m/year.idf", Year);
        var (exitCode, output) = await place.IdfKitAsync("submit", _folder["m"], "--to", place.Name);
        Assert.Equal(1, exitCode);
        Assert.Contains("year.idf: refused. The model simulates a weather year", output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 models would be refused, and nothing was put", output, StringComparison.Ordinal);
        Assert.Empty(await place.ListAsync());
        Assert.Equal(0, (await place.IdfKitAsync("submit", _folder["m"], "--to", place.Name, "--skip-refused")).ExitCode);
        Assert.Equal(["inputs/good.idf"], (await place.ListAsync()).Keys);
    }

    [Theory]
    [InlineData(VerbPlace.Dev)]
    [InlineData(VerbPlace.Ceph)]
    public async Task Interrupted_at_any_moment_and_repeated_every_file_is_there_once(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        for (var at = 0; at < 60; at++) Put($"m/{at:00}.idf", $"{Recorded.Model}! {at}\n" + new string('\n', at));
        for (var wanted = 5; wanted < 60; wanted += 20)
        {
            await using var tool = place.Start("submit", _folder["m"], "--to", place.Name);
            while ((await place.ListAsync()).Count < wanted && !tool.HasExited) await Task.Delay(5, Token);
            await tool.SignalAsync(wanted == 25 ? "KILL" : "INT");
            await tool.ExitAsync();
        }
        var before = await place.ListAsync();
        var (exitCode, output) = await place.IdfKitAsync("submit", _folder["m"], "--to", place.Name);
        Assert.True(exitCode == 0, output);
        var after = await place.ListAsync();
        Assert.Equal(60, after.Count);
        foreach (var (key, entry) in before) Assert.Equal(entry.Modified, after[key].Modified);
        for (var at = 0; at < 60; at++)
            Assert.Equal(await File.ReadAllTextAsync(_folder["m", $"{at:00}.idf"], Token),
                await place.Files.ReadTextAsync($"inputs/{at:00}.idf"));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Stopped_between_new_weather_and_its_models_it_puts_them_when_it_is_repeated_and_no_others(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        Put("m/a/office.idf", Year);
        Put("m/b/other.idf", Recorded.Model);
        File.Copy(RealParts.Weather("Golden"), _folder["m", "a", "office.epw"]);
        string[] submit = ["submit", _folder["m"], "--to", place.Name];
        Assert.Equal(0, (await place.IdfKitAsync(submit)).ExitCode);
        await Task.Delay(1100, Token); // S3 tells times in seconds
        await Recorded.EndAsync(place.Files, "inputs/a/office.idf", RunStatus.Completed);
        await Recorded.EndAsync(place.Files, "inputs/b/other.idf", RunStatus.Completed);
        Assert.Contains("0 runs, 0 files to put", (await place.IdfKitAsync(submit)).Output, StringComparison.Ordinal);

        // What a call has done that was stopped there.
        await File.AppendAllTextAsync(_folder["m", "a", "office.epw"], " ", Token);
        await Task.Delay(1100, Token);
        await place.Files.WriteBytesAsync("inputs/a/office.epw", await File.ReadAllBytesAsync(_folder["m", "a", "office.epw"], Token));
        await Task.Delay(1100, Token);
        var (exitCode, output) = await place.IdfKitAsync(submit);
        Assert.True(exitCode == 0, output);
        Assert.Contains("1 run, 1 file to put", output, StringComparison.Ordinal);
        Assert.Contains("0 runs, 0 files to put", (await place.IdfKitAsync(submit)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_file_that_comes_later_runs_its_model_again()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        Put("a.idf", Recorded.Model);
        string[] submit = ["submit", _folder["a.idf"], "--to", place.Name];
        Assert.Equal(0, (await place.IdfKitAsync(submit)).ExitCode);
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed);
        var (_, output) = await place.IdfKitAsync([.. submit, "--label", "later"]);
        Assert.Contains("1 run, 2 files to put", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VerbPlace.Ceph)]
    [InlineData(VerbPlace.Moto)]
    [InlineData(VerbPlace.Dev)]
    public async Task File_that_was_stored_in_parts_is_known_by_its_content(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        Put("big.idf", Recorded.Model + string.Concat(Enumerable.Repeat("! " + new string('x', 98) + "\n", 200_000)));
        await place.Files.UploadAsync(_folder["big.idf"], "inputs/big.idf");
        Assert.Contains("-", (await place.Files.StatAsync("inputs/big.idf")).ETag, StringComparison.Ordinal);
        var (exitCode, output) = await place.IdfKitAsync("submit", _folder["big.idf"], "--to", place.Name, "--dry-run");
        Assert.True(exitCode == 0, output);
        Assert.Contains("0 runs, 0 files to put", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_are_kept_or_refused_in_a_sentence()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Dev, rgw, moto);
        Put($"m/{new string('n', 200)}/{new string('ü', 100)}.idf", Recorded.Model);
        Put("m/a 'b' \"c\" $(x) %41+.idf", Recorded.Model);
        Put("bad/e\u001b[31m\n.idf", Recorded.Model);
        var (exitCode, output) = await place.IdfKitAsync("submit", _folder["m"], "--to", place.Name);
        Assert.True(exitCode == 0, output);
        Assert.Equal(2, (await place.ListAsync()).Count);
        (exitCode, output) = await place.IdfKitAsync("submit", _folder["bad"], "--to", place.Name);
        Assert.True(exitCode == 1, output);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
        Assert.Equal(2, (await place.ListAsync()).Count);
    }

    [Fact]
    public async Task Patterns_keep_what_stands_behind_their_fixed_part_and_two_files_for_one_place_are_refused()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        Put("m/x/a.idf", Recorded.Model);
        Put("m/y/a.idf", Recorded.Model + "! other\n");
        var (exitCode, output) = await place.IdfKitAsync("submit", _folder["m"] + "/**/*.idf", "--to", place.Name);
        Assert.True(exitCode == 0, output);
        Assert.Equal(["inputs/x/a.idf", "inputs/y/a.idf"], (await place.ListAsync()).Keys);
        (exitCode, output) = await place.IdfKitAsync("submit", _folder["m", "x", "a.idf"], _folder["m", "y", "a.idf"], "--to", place.Name);
        Assert.Equal(1, exitCode);
        Assert.Contains("would go to the same place", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watched_it_ends_with_the_runs_and_not_with_those_of_before()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Dev, rgw, moto);
        await place.Files.WriteTextAsync("inputs/a.idf", Recorded.Model);
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Failed, "fatal");
        Put("a.idf", Recorded.Model + "! repaired\n");
        await using var tool = place.Start("submit", _folder["a.idf"], "--to", place.Name, "--watch");
        await tool.SaysAsync("1 waiting");
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed);
        Assert.Equal(0, await tool.ExitAsync());
        Assert.Contains("1 run: 1 completed.", tool.Output, StringComparison.Ordinal);
    }

    private void Put(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], text);
    }
}
