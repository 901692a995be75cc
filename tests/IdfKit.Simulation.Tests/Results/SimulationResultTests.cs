using RunBed;
using System.IO.Compression;
using System.Text;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

using TestBed;

namespace IdfKit.Simulation.Tests.Results;

/// <summary>Results read from where they lie.</summary>
public sealed class SimulationResultTests
{
    private const string Completed = "EnergyPlus Completed Successfully-- 1 Warning; 0 Severe Errors; Elapsed Time=00hr 01min  2.50sec\n";

    private readonly MemoryFileSystem _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FromDirectory_reads_the_record_first_and_then_only_what_is_asked_for_each_once()
    {
        var real = EnergyPlusInstallation.Find(RealParts.EnergyPlus());
        var remote = new RecordingFileSystem(_files.AsAsync());
        _files.WriteText("m.idf", DesignDays.Model, cancellationToken: Token);
        await using (var simulator = new Simulator(real))
            Assert.True((await simulator.SimulateAsync(new("m.idf", null, "out") { Options = new() { DesignDay = true } },
                remote, cancellationToken: Token)).Succeeded);

        remote.Clear();
        using var result = await SimulationResult.FromDirectoryAsync("out", remote, Token);
        Assert.Equal(["Read out/run.json"], remote.Requests);
        Assert.Equal(RunOutcome.Completed, result.Outcome);

        _ = result.Errors;
        Assert.Same(await result.GetHtmlAsync(Token), result.Html);
        await Task.WhenAll(result.GetErrorsAsync(Token), result.GetErrorsAsync(Token));
        Assert.Equal(["Read out/run.json", "Read out/eplusout.err", "Read out/eplustbl.htm"], remote.Requests);

        Assert.NotNull(result.Sql);
        Assert.Same(result.Sql, await result.GetSqlAsync(Token));
        Assert.Equal("Download out/eplusout.sql", remote.Requests[^1]);
        Assert.Null(result.Csv);
        Assert.NotNull(result.Summary);
        Assert.Equal(4, remote.Requests.Count); // the record has the summary

        Assert.NotEmpty((await result.GetEsoAsync(Token))!.Variables);
        Assert.NotEmpty((await result.GetMtrAsync(Token))!.Variables);
        Assert.NotNull(result.Variables!.Find("Electricity:Facility"));
        Assert.NotNull(result.Variables!.Find("Zone Mean Air Temperature"));
        Assert.Equal(["out/eplusout.eso", "out/eplusout.mtr", "out/eplusout.rdd", "out/eplusout.mdd"],
            remote.Requests.Skip(4).Select(request => request.Split(' ')[1]));
    }

    [Fact]
    public async Task FromDirectory_through_a_cache_fetches_a_file_once_for_all_results()
    {
        using var folder = new TemporaryFolder();
        using var store = new TemporaryFolder();
        Directory.CreateDirectory(store["out"]);
        await File.WriteAllTextAsync(store["out", "eplusout.end"], Completed, Token);
        await File.WriteAllTextAsync(store["out", "eplusout.err"], "   ** Warning ** Once\n", Token);
        var remote = new RecordingFileSystem(new AsyncLocalFileSystem(store.Path));
        var cached = new CachingFileSystem(remote, folder.Path);
        for (var time = 0; time < 2; time++)
            Assert.Single((await SimulationResult.FromDirectoryAsync("out", cached, Token)).Errors.Messages);
        Assert.Single(remote.Requests, request => request is "Read out/eplusout.err" or "Download out/eplusout.err");
    }

    [Theory]
    [InlineData("   ************* EnergyPlus Completed Successfully-- 1 Warning; 0 Severe Errors; Elapsed Time=00hr 01min  2.50sec\n",
        RunOutcome.Completed, 62.5)]
    [InlineData(
        "   **  Fatal  ** F\n   ************* EnergyPlus Terminated--Fatal Error Detected. 0 Warning; "
            + "1 Severe Errors; Elapsed Time=00hr 00min  0.50sec\n", RunOutcome.Failed, 0.5)]
    [InlineData("   ** Warning ** W\n", RunOutcome.Crashed, 0)]
    [InlineData("", RunOutcome.Crashed, 0)]
    public void FromDirectory_of_a_run_whose_model_switched_the_end_file_off_tells_by_the_err_file(
        string errors, RunOutcome outcome, double seconds)
    {
        Write("run/eplusout.err", new string('x', 200_000) + "\n" + errors);
        using var result = SimulationResult.FromDirectory("run", _files);

        Assert.Equal((outcome, TimeSpan.FromSeconds(seconds)), (result.Outcome, result.Runtime));
    }

    [Fact]
    public void FromDirectory_without_a_record_tells_by_the_files()
    {
        Write("done/eplusout.end", Completed);
        Write("done/eplusout.err", "   ** Warning ** Something\n");
        Write("done/eplustbl.htm", "<html></html>");
        var done = SimulationResult.FromDirectory("done", _files);
        Assert.Equal((RunOutcome.Completed, TimeSpan.FromSeconds(62.5)), (done.Outcome, done.Runtime));
        Assert.Equal(["eplusout.end", "eplusout.err", "eplustbl.htm"], done.Files);
        Assert.Null(done.Record);
        Assert.Null(done.Sql);
        Assert.Null(done.Csv);
        Assert.NotNull(done.Html);
        Assert.Single(done.Errors.Messages);

        Write("fatal/eplusout.end",
            "EnergyPlus Terminated--Fatal Error Detected. 0 Warning; 1 Severe Errors; Elapsed Time=00hr 00min  0.01sec\n");
        Assert.Equal(RunOutcome.Failed, SimulationResult.FromDirectory("fatal", _files).Outcome);
        Write("crashed/eplusout.err", "   ** Warning ** Something\n");
        Assert.Equal(RunOutcome.Crashed, SimulationResult.FromDirectory("crashed", _files).Outcome);
    }

    [Theory]
    [InlineData("eplus.end", "eplus.err", "eplusTable.htm")]
    [InlineData("eplus.end", "eplus.err", "eplus-table.htm")]
    [InlineData("layout.end", "layout.err", "layoutTable.htm")]
    [InlineData("myout.end", "myout.err", "mytbl.htm")]
    public void FromDirectory_finds_files_under_any_prefix_and_style(string end, string err, string table)
    {
        Write("r/" + end, Completed);
        Write("r/" + err, "   ** Warning ** Mine\n");
        Write("r/sqlite.err", "SQLite3 message\n");
        Write("r/" + table, "<html></html>");
        var result = SimulationResult.FromDirectory("r", _files);
        Assert.Single(result.Errors.Messages);
        Assert.NotNull(result.Html);
    }

    [Theory]
    [InlineData("eplusout.sql"), InlineData("results.sql"), InlineData("eplusout.csv"), InlineData("my.csv"), InlineData("a.eso")]
    [InlineData("eplusout.mtr"), InlineData("eplustbl.htm"), InlineData("eplustbl.html"), InlineData("x.html"), InlineData("eplusout.eio")]
    [InlineData("eplusout.rdd"), InlineData("eplusout.mdd")]
    public void FromDirectory_of_a_folder_with_one_result_alone_reads_it(string file)
    {
        Write("r/" + file, Path.GetExtension(file) switch
        {
            ".csv" => "Date/Time,A:Air [C](Hourly)\n 01/01  01:00:00,1\n",
            ".htm" or ".html" => "<html></html>",
            ".rdd" => "Zone,Average,Zone Mean Air Temperature [C]\n",
            ".mdd" => "Zone,Meter,Electricity:Facility [J]\n",
            _ => "",
        });
        using var result = SimulationResult.FromDirectory("r", _files);

        Assert.Equal(RunOutcome.Crashed, result.Outcome); // nothing says that it completed
        object? read = Path.GetExtension(file) switch
        {
            ".sql" => Assert.Throws<ResultsException>(() => result.Sql),
            ".csv" => result.Csv?.Columns.Single(),
            ".eso" => result.Eso,
            ".mtr" => result.Mtr,
            ".eio" => result.Eio,
            ".rdd" or ".mdd" => result.Variables?.Entries.Single(),
            _ => result.Html,
        };
        Assert.NotNull(read);
    }

    [Fact]
    public void FromDirectory_does_not_take_a_schedule_or_a_page_beside_a_run_for_its_results()
    {
        Write("r/eplusout.end", Completed);
        Write("r/use.csv", "1\n2\n");
        Write("r/report.html", "<html></html>");
        Write("r/notes.htm", "<html></html>");
        using var result = SimulationResult.FromDirectory("r", _files);

        Assert.Null(result.Csv);
        Assert.Null(result.Html);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)] // unpacked by what copied the run
    [InlineData(false, true)] // copied without its record
    public async Task Tables_that_a_lean_run_stores_compressed_are_read_as_EnergyPlus_wrote_them(bool hasRecord, bool isCompressed)
    {
        const string Tables = "<html><p>Report:<b> R</b></p><b>T</b><br>"
            + "<table><tr><td></td><td>A</td></tr><tr><td>B</td><td>1</td></tr></table>";
        var content = isCompressed ? Compressed(Tables) : Encoding.UTF8.GetBytes(Tables);
        _files.WriteBytes("r/eplustbl.htm", content, Token);
        var record = new RunRecord
        {
            RunId = "a", Status = RunStatus.Completed, Input = new("b", "k"), StartedAt = DateTimeOffset.UnixEpoch,
            Files = [new("eplustbl.htm", content.Length, "text/html", new string('0', 64)) { ContentEncoding = "gzip" }],
        };
        if (hasRecord) _files.WriteBytes("r/run.json", RunRecordFile.ToJson(record), Token);
        using var disk = new TemporaryFolder();
        foreach (var file in await _files.AsAsync().GlobAsync("r", "*", Token).ToListAsync(Token))
            await File.WriteAllBytesAsync(disk[Path.GetFileName(file)], _files.ReadBytes(file, Token), Token);

        foreach (var result in (SimulationResult[])[SimulationResult.FromDirectory("r", _files), SimulationResult.FromDirectory(disk.Path)])
        {
            Assert.Equal("T", Assert.Single(result.Html!.Tables).Name);
            using var text = new StreamReader(await result.OpenFileAsync("eplustbl.htm", Token));
            Assert.Equal(Tables, await text.ReadToEndAsync(Token));
            result.Dispose();
        }
    }

    [Fact]
    public void Tables_whose_compressed_form_is_damaged_are_an_error_that_names_them()
    {
        var content = Compressed(new string('x', 100_000));
        content[content.Length / 2] ^= 0xFF;
        content[^5] ^= 0xFF;
        Write("r/eplusout.end", Completed);
        _files.WriteBytes("r/eplustbl.htm", content, Token);
        using var result = SimulationResult.FromDirectory("r", _files);
        Assert.Equal("r/eplustbl.htm", Assert.Throws<ResultsException>(() => result.Html).File);
    }

    private static byte[] Compressed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    [Theory, InlineData("eplusout.sql"), InlineData("eplusout.eso")]
    public async Task Series_of_a_real_run_is_the_same_out_of_either_file(string without)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["m.idf"], DesignDays.Model, Token);
        await using (var simulator = new Simulator(EnergyPlusInstallation.Find(RealParts.EnergyPlus())))
        {
            var options = new SimulationOptions
            {
                DesignDay = true,
                Variables = [new("Zone Mean Air Temperature", "*", "Daily"), new("Zone Mean Air Temperature", "*", "Hourly")],
                Meters = [new("Electricity:Facility", Frequency: "Daily")],
            };
            Assert.True((await simulator.SimulateAsync(
                new(folder["m.idf"], null, folder["out"]) { Options = options }, cancellationToken: Token)).Succeeded);
        }
        using var whole = SimulationResult.FromDirectory(folder["out"]);
        Directory.CreateDirectory(folder["part"]);
        foreach (var file in Directory.GetFiles(folder["out"]).Where(file => !file.EndsWith(".json", StringComparison.Ordinal)))
            File.Copy(file, folder["part", Path.GetFileName(file)]);
        File.Delete(folder["part", without]);
        using var part = SimulationResult.FromDirectory(folder["part"]);

        foreach (var (name, frequency) in new (string, ResultFrequency?)[]
            { ("zone mean air temperature", null), ("Zone Mean Air Temperature", ResultFrequency.Daily), ("Electricity:Facility", null) })
        {
            var (one, other) = (whole.Series(name, frequency: frequency)!, part.Series(name, frequency: frequency)!);
            Assert.Equal(one.Variable, other.Variable);
            Assert.Equal(one.Environment, other.Environment);
            Assert.Equal(one.Values.ToArray(), other.Values.ToArray());
            Assert.Equal(one.Times, other.Times);
            Assert.Equal(one.Extremes, other.Extremes);
            var first = whole.Sql!.Environments[0].Title;
            Assert.Equal(whole.Series(name, environment: first)!.Values.ToArray(), part.Series(name, environment: first)!.Values.ToArray());
        }
        Assert.Null(part.Series("Nothing"));
        Assert.Null(part.Series("Electricity:Facility", environment: "NEVER"));
        Assert.Equal(0, whole.ExitCode);
    }

    [Fact]
    public async Task Model_in_memory_runs_like_a_file_into_a_folder_of_its_own()
    {
        await using var simulator = new Simulator(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        using var model = new MemoryStream(Encoding.UTF8.GetBytes(DesignDays.Model));
        var job = new SimulationJob("house.idf", null) { Options = new() { DesignDay = true } }.WithModel(model);

        using var first = await simulator.SimulateAsync(job, cancellationToken: Token);
        using var second = await simulator.SimulateAsync(job, _files.AsAsync(), cancellationToken: Token);
        try
        {
            Assert.True(first.Succeeded, first.Message);
            Assert.NotEqual(first.Directory, second.Directory);
            Assert.True(File.Exists(Path.Combine(first.Directory, "run.json")));
            Assert.True(File.Exists(Path.Combine(second.Directory, "run.json")));
            Assert.EndsWith("house.idf", first.Record!.Input.Key, StringComparison.Ordinal);
            Assert.Equal(model.Length, first.Record.Input.SizeBytes);
            Assert.NotNull(first.Variables);
            Assert.Contains("EnergyPlus Completed Successfully", first.Printed, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(first.Directory, recursive: true);
            Directory.Delete(second.Directory, recursive: true);
        }
    }

    [Fact]
    public async Task Weather_in_memory_is_used_and_bad_weather_is_told_as_of_a_file()
    {
        await using var simulator = new Simulator(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        using var folder = new TemporaryFolder();
        using var good = File.OpenRead(RealParts.Weather("Golden"));
        var job = new SimulationJob(DesignDays.Write(folder["m.idf"]), null, folder["out"]).WithWeather(good, "mine.epw");
        using var bad = new MemoryStream("<html>"u8.ToArray());

        using var ran = await simulator.SimulateAsync(job, cancellationToken: Token);
        using var refused = await simulator.SimulateAsync(
            job.WithWeather(bad) with { OutputDirectory = folder["bad"] }, cancellationToken: Token);

        Assert.True(ran.Succeeded, ran.Message);
        Assert.EndsWith("mine.epw", ran.Record!.Weather!.Key, StringComparison.Ordinal);
        Assert.Equal(RunOutcome.Rejected, refused.Outcome);
    }

    [Fact]
    public void FromDirectory_of_what_is_no_run_says_so()
    {
        Write("other/readme.txt", "no run");
        foreach (var path in new[] { "other", "absent" })
        {
            var error = Assert.Throws<StorageException>(() => SimulationResult.FromDirectory(path, _files));
            Assert.Equal(StorageErrorKind.NotFound, error.Kind);
            Assert.Contains($"'{path}'", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(StorageErrorKind.NotFound,
            Assert.Throws<StorageException>(() => SimulationResult.FromDirectory("/no/such/folder")).Kind);
    }

    [Theory]
    [InlineData("", "no record")]
    [InlineData("{\"schema\": \"idfkit.run/1\", \"run_id\": \"a\", \"sta", "no record")]
    [InlineData(
        "{\"run_id\":\"a\",\"status\":\"running\",\"input\":{\"bucket\":\"b\",\"key\":\"k\"},\"started_at\":\"2026-01-01T00:00:00Z\"}",
        "has not ended")]
    public void FromDirectory_of_a_broken_or_running_record_says_what_to_do(string json, string said)
    {
        Write("r/run.json", json);
        Write("r/eplusout.end", Completed);
        var error = Assert.Throws<ResultsException>(() => SimulationResult.FromDirectory("r", _files));
        Assert.Equal("r/run.json", error.File);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sql_that_is_cut_off_is_an_error_that_names_the_file_and_leaves_no_copy()
    {
        Write("r/eplusout.end", Completed);
        const string Broken = "SQLite format 3\0 and then nothing";
        Write("r/eplusout.sql", Broken);
        var before = Copies();
        using var result = SimulationResult.FromDirectory("r", _files);
        var error = await Assert.ThrowsAsync<ResultsException>(() => result.GetSqlAsync(Token));
        Assert.Equal("r/eplusout.sql", error.File);
        Assert.Contains("r/eplusout.sql", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Copies());

        static int Copies() => Directory.GetFiles(Path.GetTempPath(), "idfkit-result-*").Count(IsOfThis);

        static bool IsOfThis(string copy) // other tests have theirs at the same time
        {
            try { return new FileInfo(copy).Length == Broken.Length; }
            catch (FileNotFoundException) { return false; }
        }
    }

    [Fact]
    public void A_cut_series_gives_what_it_holds_and_a_file_of_another_kind_is_named()
    {
        Write("r/eplusout.end", Completed);
        Write("r/eplusout.mdd", "no catalog at all\n");
        Write("r/eplusout.eso",
            "Program Version,EnergyPlus, Version 25.2.0-cf7368216c, YMD=2026.11.23 03:31\n1,5,Environment "
                + "Title[],Latitude[deg],Longitude[deg],Time Zone[],Elevation[m]\n");
        var result = SimulationResult.FromDirectory("r", _files);
        Assert.True(result.Eso!.IsCut);
        var error = Assert.Throws<ResultsException>(() => result.Variables);
        Assert.Equal("r/eplusout.mdd", error.File);
        Assert.Contains("r/eplusout.mdd", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_has_gone_is_told_and_asked_for_again()
    {
        Write("r/eplusout.end", Completed);
        Write("r/eplusout.err", "   ** Warning ** Late\n");
        var result = SimulationResult.FromDirectory("r", _files);
        _files.Remove("r/eplusout.err", Token);
        Assert.Equal(StorageErrorKind.NotFound, (await Assert.ThrowsAsync<StorageException>(() => result.GetErrorsAsync(Token))).Kind);
        Write("r/eplusout.err", "   ** Warning ** Late\n");
        Assert.Single(result.Errors.Messages);
    }

    [Fact]
    public async Task A_canceled_read_does_not_spoil_the_next()
    {
        var remote = new RecordingFileSystem(_files.AsAsync());
        Write("r/eplusout.end", Completed);
        Write("r/eplusout.err", "   ** Warning ** Late\n");
        var result = await SimulationResult.FromDirectoryAsync("r", remote, Token);
        using var cancel = new CancellationTokenSource();
        remote.Before = async _ => { await cancel.CancelAsync(); cancel.Token.ThrowIfCancellationRequested(); };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => result.GetErrorsAsync(cancel.Token));
        remote.Before = null;
        Assert.Single((await result.GetErrorsAsync(Token)).Messages);
    }

    private void Write(string path, string text) => _files.WriteBytes(path, Encoding.UTF8.GetBytes(text), Token);
}
