using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

using IdfKit.Storage;

using RunBed;

namespace IdfKit.Runs.Tests.Tables;

/// <summary>What is collected, with how many requests, and what becomes of folders that are no runs and records that are none.</summary>
public sealed class RunTableTests
{
    private readonly MemoryFileSystem _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Row_says_what_the_record_says_figures_by_their_names()
    {
        var json = SampleRuns.Json(SampleRuns.Record(3), SampleRuns.Summary(3));
        json["usage"] = new JsonObject { ["puts"] = 19, ["bytes_out"] = 5_000_000_000, ["gb_seconds"] = 3.25, ["heads"] = 2 };
        json["study"] = new JsonObject { ["key"] = "inputs/p/office.study.csv", ["etag"] = "ab", ["row"] = 17, ["name"] = "north" };
        _files.Put("outputs/p/office", json.ToJsonString());

        var table = await CollectAsync("outputs");

        var row = Assert.Single(table.Rows);
        Assert.Equal(("p/office", "completed", null), (row.Folder, row.Status, row.Message));
        Assert.Equal(_files.Stat("outputs/p/office/run.json").ETag, row.ETag);
        (string Column, object? Value)[] expected =
        [
            ("folder", "p/office"), ("model_key", "inputs/p/office-3.idf"), ("status", "completed"), ("reason", null),
            ("label", "Variant 3"),
            ("tags_season", "summer"), ("site_energy_gj", 100.1 + (3 / 7.0)), ("site_eui_mj_m2", 0.1 + 0.2), ("source_energy_gj", null),
            ("site_energy_kwh", SampleRuns.Summary(3).SiteEnergyKwh), ("total_area_m2", 511.16),
            ("unmet_hours_heating", 3.0), ("unmet_hours_cooling", null), ("unmet_hours_occupied_heating", 0.0),
            ("end_uses_gj_heating_natural_gas", 1e-7 * 3), ("end_uses_gj_interior_lighting_electricity", 1e21),
            ("peaks_electricity_watts", 12_345.67), ("peaks_electricity_at", "02-JAN-17:00"),
            ("warnings", 6L), ("severe", 3L), ("fatal", 0L), ("hours_simulated", 8_760.0),
            ("periods", "RUN PERIOD 1: 2017-01-01 to 2017-12-31"), ("why_empty", null), ("exit_code", 0L), ("signal", null),
            ("timings_ms_queued", null), ("timings_ms_simulate", 2_003L), ("timings_ms_total", 2_096L),
            ("cpu_ms", 1_953L), ("peak_memory_bytes", 123_456_792L),
            ("usage_puts", 19L), ("usage_bytes_out", 5_000_000_000L), ("usage_gb_seconds", 3.25), ("usage_heads", 2.0),
            ("engine_version", "25.2.0"), ("weather_key", "inputs/golden.epw"), ("run_id", "run-3"),
            ("study_key", "inputs/p/office.study.csv"), ("study_etag", "ab"), ("study_row", 17L), ("study_name", "north"),
            ("started_at", SampleRuns.Began.AddSeconds(3)), ("finished_at", SampleRuns.Began.AddSeconds(5)),
            ("no_such_column", null),
        ];
        Assert.Equal(expected, expected.Select(cell => (cell.Column, row[cell.Column])));
        Assert.Equal(table.Columns.Select(column => column.Name).Distinct(StringComparer.OrdinalIgnoreCase), table.Columns.Select(Name));
    }

    [Fact]
    public async Task Columns_stand_in_one_order_and_those_of_studies_and_tags_only_where_there_are_some()
    {
        _files.Put("a", SampleRuns.Record() with { Tags = new Dictionary<string, string>() });
        var few = await CollectAsync("");
        _files.Put("b", SampleRuns.Record() with { Tags = new Dictionary<string, string> { ["z"] = "1", ["Site name"] = "2" } });
        var more = await CollectAsync("");

        Assert.Equal(["folder", "model_key", "status", "reason", "message", "label", "site_energy_gj"], few.Columns.Take(7).Select(Name));
        Assert.Equal("etag", few.Columns[^1].Name);
        Assert.Equal(["label", "tags_site_name", "tags_z", "site_energy_gj"], more.Columns.Skip(5).Take(4).Select(Name));
        Assert.Equal(
            few.Columns.Select(Name),
            more.Columns.Select(Name).Where(name => !name.StartsWith("tags_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_in_parts_says_so_in_columns_that_a_table_without_one_does_not_have()
    {
        _files.Put("a", SampleRuns.Record());
        Assert.DoesNotContain("segments_kind", (await CollectAsync("")).Columns.Select(Name));
        _files.Put("b", SampleRuns.Record() with { Segments = new("year", 2, ["01-01 to 06-30", "07-01 to 12-31"], [], []) });
        var table = await CollectAsync("");
        Assert.Equal(
            [(null, null), ("year", 2L)], table.Rows.Select(row => ((string?)row["segments_kind"], (long?)row["segments_count"])));
    }

    [Fact]
    public async Task Rows_are_in_the_order_of_their_folders_whatever_the_order_of_answers()
    {
        var files = new RecordingFileSystem(SampleRuns.Many(60).AsAsync())
        {
            Before = request => Task.Delay(request.GetHashCode(StringComparison.Ordinal) & 15, Token),
        };
        var table = await RunTable.CollectAsync("outputs", files, cancellationToken: Token);

        Assert.Equal(60, table.Rows.Count);
        Assert.Equal(table.Rows.Select(row => row.Folder).Order(StoragePath.Order), table.Rows.Select(row => row.Folder));
        var other = RunTable.Collect("outputs", SampleRuns.Many(60));
        Assert.Equal(WithoutETags(await CsvAsync(other)), WithoutETags(await CsvAsync(table)));
    }

    [Fact]
    public async Task First_call_lists_once_and_reads_each_record_once_and_a_second_one_what_has_changed()
    {
        var memory = SampleRuns.Many(50);
        var files = new RecordingFileSystem(memory.AsAsync());
        var first = await RunTable.CollectAsync("outputs", files, cancellationToken: Token);
        Assert.Equal((50, 51), (first.RecordsRead, files.Requests.Count));
        Assert.Single(files.Requests, "List outputs");
        Assert.Equal(50, files.Requests.Where(request => request.EndsWith("/run.json", StringComparison.Ordinal)).Distinct().Count());

        memory.Put("outputs/p0/office-0", SampleRuns.Record(999));
        memory.Put("outputs/new", SampleRuns.Record(7));
        memory.Remove("outputs/p1/office-1/run.json");
        memory.Remove("outputs/p1/office-1/eplusout.err");
        files.Clear();
        var second = await RunTable.CollectAsync("outputs", files, first, cancellationToken: Token);

        Assert.Equal(
            ["List outputs", "Read outputs/new/run.json", "Read outputs/p0/office-0/run.json"],
            files.Requests.Order(StringComparer.Ordinal));
        Assert.Equal(2, second.RecordsRead);
        var fresh = await RunTable.CollectAsync("outputs", files, cancellationToken: Token);
        Assert.Equal(await CsvAsync(fresh), await CsvAsync(second));
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("{\"status\": \"comp", "cannot be read")]
    [InlineData("[1, 2]", "no record of a run")]
    [InlineData("null", "no record of a run")]
    [InlineData("{\"name\": \"a-package\", \"status\": \"ok\"}", "no record of a run")]
    [InlineData("{\"schema\": \"other/1\", \"status\": \"completed\", \"run_id\": \"1\"}", "no record of a run")]
    [InlineData("{\"schema\": \"idfkit.run/2\", \"status\": \"completed\", \"run_id\": \"1\"}", "newer form (2)")]
    [InlineData("{\"status\": \"completed\", \"run_id\": \"\\ud800\"}", "cannot be read")]
    public async Task Record_that_is_none_is_a_row_that_says_so_and_is_not_read_again(string json, string said)
    {
        _files.Put("good", SampleRuns.Record());
        _files.Put("odd", json);
        var files = new RecordingFileSystem(_files.AsAsync());
        var table = await RunTable.CollectAsync("", files, cancellationToken: Token);

        Assert.Equal(["good", "odd"], table.Rows.Select(row => row.Folder));
        Assert.Equal("unknown", table.Rows[1].Status);
        Assert.Contains(said, table.Rows[1].Message, StringComparison.Ordinal);
        Assert.NotNull(table.Rows[1]["reason"]);
        Assert.Equal(0, (await RunTable.CollectAsync("", files, table, cancellationToken: Token)).RecordsRead);
    }

    [Fact]
    public async Task Record_of_invalid_text_or_far_too_large_is_a_row_that_says_so()
    {
        _files.WriteBytes("latin/run.json", (byte[])[.. "{\"status\": \"completed\", \"run_id\": \"B"u8, 0xfc, .. "ro\"}"u8]);
        _files.WriteBytes("large/run.json", new byte[(1 << 20) + 1]);
        var files = new RecordingFileSystem(_files.AsAsync());
        var table = await RunTable.CollectAsync("", files, cancellationToken: Token);

        Assert.Equal([("large", "unknown"), ("latin", "unknown")], table.Rows.Select(row => (row.Folder, row.Status)));
        Assert.DoesNotContain("Read large/run.json", files.Requests);
    }

    [Fact]
    public async Task Record_of_an_older_or_later_version_keeps_what_is_known_and_adds_new_figures()
    {
        _files.Put("older", """{"status": "completed", "run_id": "1", "input": {"key": "a.idf"}, "timings_ms": {"simulate": 5}}""");
        _files.Put("later", """
            {"schema": "idfkit.run/1", "status": "completed", "run_id": "2", "new": {"x": 1}, "diagnostics": {"warnings": "many"},
             "summary": {"schema": "idfkit.summary/1", "Site CO2 [kg]": 12, "status": "no", "tags_x": 3, "label": {"a": 1},
              "deep": {"b": {"c": true}}, "list": [1], "site_energy_gj": "12", "nothing": null, "huge": 1e999},
             "tags": {"x": 5, "y": "z"}, "cpu_ms": 1.5}
            """);
        var table = await CollectAsync("");

        var (later, older) = (table.Rows[0], table.Rows[1]);
        Assert.Equal(("completed", "a.idf", 5L, null),
            (older.Status, older["model_key"], older["timings_ms_simulate"], older["site_energy_gj"]));
        Assert.Equal(("completed", 12.0, true, null, null, "z"),
            (later.Status, later["site_co2__kg_"], later["deep_b_c"], later["site_energy_gj"], later["cpu_ms"], later["tags_y"]));
        Assert.Null(later["warnings"]);
        Assert.Equal(["deep_b_c", "site_co2__kg_", "tags_y"],
            table.Columns.Select(Name).Except((await CollectAsync("nowhere")).Columns.Select(Name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Figures_that_are_numbers_here_and_text_there_are_a_column_of_text()
    {
        foreach (var (folder, value) in (IReadOnlyList<(string, string)>)[("a", "-1.5"), ("b", "\"high\""), ("c", "true")])
            _files.Put(folder, $$$"""{"status": "completed", "run_id": "1", "summary": {"rating": {{{value}}} } }""");
        var table = await CollectAsync("");
        Assert.Equal(RunColumnKind.Text, table.Columns.Single(column => column.Name == "rating").Kind);
        Assert.Contains("'-1.5", await CsvAsync(table), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_without_a_record_are_a_row_that_says_so_and_foreign_folders_are_none()
    {
        _files.Put("recorded", SampleRuns.Record());
        _files.WriteText("recorded/sub/eplusout.end", "");
        _files.WriteText("recorded/zoneout.err", "");
        _files.WriteText("plain/eplusout.end", "EnergyPlus Completed Successfully");
        _files.WriteText("plain/eplusout.err", "");
        _files.WriteText("half-written/eplusout.eso", "");
        _files.WriteText("foreign/notes.txt", "");
        _files.WriteText("foreign/run.json.bak", "{}");
        _files.WriteText("foreign/sqlite.err", "");
        _files.WriteText("foreign/not-run.json", "{}");
        var table = await CollectAsync("");

        Assert.Equal(
            [("half-written", "no_record"), ("plain", "no_record"), ("recorded", null)],
            table.Rows.Select(row => (row.Folder, row["reason"] as string)));
        Assert.Equal((null, "unknown"), (table.Rows[1].ETag, table.Rows[1].Status));
        Assert.EndsWith(".", table.Rows[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_that_is_a_run_itself_is_a_row_without_a_name()
    {
        _files.Put("run", SampleRuns.Record());
        Assert.Equal("", Assert.Single((await CollectAsync("run")).Rows).Folder);
    }

    [Fact]
    public async Task Run_that_has_not_ended_is_a_row_of_its_status()
    {
        _files.Put("a", SampleRuns.Record(1, RunStatus.Running) with { Phase = RunPhase.Uploading });
        var row = Assert.Single((await CollectAsync("")).Rows);
        Assert.Equal(("running", null), (row.Status, row["finished_at"]));
    }

    [Fact]
    public async Task Record_that_may_not_be_read_is_a_row_that_says_so_and_is_tried_again()
    {
        _files.Put("a", SampleRuns.Record(1));
        _files.Put("b", SampleRuns.Record(2));
        var files = new RecordingFileSystem(_files.AsAsync()) { IsDenied = request => request == "Read b/run.json" };
        var table = await RunTable.CollectAsync("", files, cancellationToken: Token);
        Assert.Equal([("completed", null), ("unknown", "unread")], table.Rows.Select(row => (row.Status, row["reason"] as string)));
        Assert.Contains("denied", table.Rows[1].Message, StringComparison.Ordinal);
        Assert.Null(table.Rows[1].ETag);

        files.IsDenied = _ => false;
        var later = await RunTable.CollectAsync("", files, table, cancellationToken: Token);
        Assert.Equal((1, "completed"), (later.RecordsRead, later.Rows[1].Status));
    }

    [Fact]
    public async Task Storage_that_does_not_answer_any_more_is_an_error_and_single_records_are_rows()
    {
        var outage = new StorageException(StorageErrorKind.Unavailable, "ReadBytes", "x");
        var files = new RecordingFileSystem(SampleRuns.Many(200).AsAsync())
        {
            Before = request => request.StartsWith("Read", StringComparison.Ordinal) ? throw outage : Task.CompletedTask,
        };
        Assert.Same(outage, await Assert.ThrowsAsync<StorageException>(
            () => RunTable.CollectAsync("outputs", files, cancellationToken: Token)));
        Assert.InRange(files.Requests.Count, 64, 150);

        files.Before = request => request.EndsWith("0/run.json", StringComparison.Ordinal) ? throw outage : Task.CompletedTask;
        var table = await RunTable.CollectAsync("outputs", files, cancellationToken: Token);
        Assert.Equal(20, table.Rows.Count(row => row["reason"] is "unread"));
    }

    [Fact]
    public async Task Listing_that_fails_is_the_error_of_the_call()
    {
        var files = new FailingListing(new StorageException(StorageErrorKind.AccessDenied, "List", "outputs"));
        var error = await Assert.ThrowsAsync<StorageException>(() => RunTable.CollectAsync("outputs", files, cancellationToken: Token));
        Assert.Equal(StorageErrorKind.AccessDenied, error.Kind);
    }

    [Fact]
    public async Task Cancelling_ends_it_with_the_caller_s_token()
    {
        using var stop = new CancellationTokenSource();
        var files = new RecordingFileSystem(SampleRuns.Many(200).AsAsync())
        {
            Before = async request =>
            {
                if (request.StartsWith("Read", StringComparison.Ordinal)) await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, stop.Token);
            },
        };
        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunTable.CollectAsync("outputs", files, cancellationToken: stop.Token));
        Assert.Equal(stop.Token, ended.CancellationToken);
    }

    [Fact]
    public async Task No_more_records_are_read_at_once_than_asked_and_progress_tells_each()
    {
        var (now, most) = (0, 0);
        var files = new RecordingFileSystem(SampleRuns.Many(80).AsAsync())
        {
            Before = async request =>
            {
                if (!request.StartsWith("Read", StringComparison.Ordinal)) return;
                most = Math.Max(most, Interlocked.Increment(ref now));
                await Task.Delay(2, Token);
                Interlocked.Decrement(ref now);
            },
        };
        var told = new List<RunTableProgress>();
        await RunTable.CollectAsync("outputs", files, null, new() { Concurrency = 4 }, new Sink(told.Add), Token);

        Assert.InRange(most, 2, 4);
        Assert.Equal(Enumerable.Range(1, 80), told.Select(step => step.Done).Where(done => done > 0).Distinct());
        Assert.Equal(new(80, 80, true), told[^1]);
        Assert.Equal(told.Select(step => step.Found).Order(), told.Select(step => step.Found));
    }

    [Fact]
    public async Task Wrong_arguments_are_refused_before_anything_is_read()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => RunTable.CollectAsync("", null!, cancellationToken: Token));
        await Assert.ThrowsAsync<StorageException>(() => CollectAsync("../up"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunTableOptions { Concurrency = 0 });
    }

    [Fact]
    public async Task Columns_beyond_the_bound_are_left_out_and_names_are_made_fit()
    {
        var tags = Enumerable.Range(0, 3_000).ToDictionary(i => $"t{i}", i => "1");
        tags["=cmd|' /C calc'!A1,\"\r\n"] = "x";
        tags[new string('n', 5_000)] = "y";
        _files.Put("a", SampleRuns.Json(SampleRuns.Record() with { Tags = new Dictionary<string, string>() }).With("tags", tags));
        var table = await CollectAsync("");
        Assert.InRange(table.Columns.Count, 1_900, 2_000);
        Assert.All(table.Columns, column => Assert.Matches(@"^[\p{Ll}\p{Nd}_]{1,110}$", column.Name));
    }

    private static string Name(RunColumn column) => column.Name;

    private static async Task<string> CsvAsync(RunTable table)
    {
        using var content = new MemoryStream();
        await table.WriteCsvAsync(content, Token);
        return System.Text.Encoding.UTF8.GetString(content.ToArray());
    }

    // Each file system makes its own.
    private static string WithoutETags(string csv) =>
        string.Join('\n', csv.Split('\n').Select(line => line[..Math.Max(0, line.LastIndexOf(','))]));

    private Task<RunTable> CollectAsync(string path) => RunTable.CollectAsync(path, _files.AsAsync(), cancellationToken: Token);

    private sealed class Sink(Action<RunTableProgress> take) : IProgress<RunTableProgress>
    {
        public void Report(RunTableProgress value) => take(value);
    }

    private sealed class FailingListing(StorageException error) : IAsyncFileSystem
    {
        private readonly IAsyncFileSystem _inner = new MemoryFileSystem().AsAsync();

        public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
            _inner.ReadBytesAsync(path, cancellationToken);

        public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
            _inner.WriteBytesAsync(path, content, cancellationToken);

        public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
            _inner.ExistsAsync(path, cancellationToken);

        public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
            _inner.MakeDirectoriesAsync(path, existOk, cancellationToken);

        public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
            _inner.CopyAsync(source, destination, cancellationToken);

        public async IAsyncEnumerable<string> GlobAsync(
            string path, string pattern, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return "outputs/a/eplusout.err";
            throw error;
        }

        public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => _inner.RemoveAsync(path, cancellationToken);
    }
}
