using IdfKit.Runs;

using NJsonSchema;

using TestBed;

namespace IdfKit.Studies.Tests.Tables;

/// <summary>What a study's results are collected into, out of records as runs leave them.</summary>
public sealed class StudyResultsTests : IDisposable
{
    private const string ThreeRows = "name,Building//North Axis\na,1\nb,2\nc,3\n";

    private readonly StudyBed _bed = new StudyBed().WithOneZone();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task Record_tells_the_study_and_how_its_rows_ended()
    {
        Record("a", "completed", "\"usage\": {\"puts\": 3, \"gets\": 2, \"lists\": 1, \"bytes_out\": 10}");
        Record("b", "failed", "\"reason\": \"fatal\", \"message\": \"The zone 'NORTH 1' has no surface.\"");
        var record = await CollectAsync(ThreeRows);
        Assert.Equal(StudyStatus.Collected, record.Status);
        Assert.Equal(_bed["office.study.csv"], record.Input.Key);
        Assert.Equal([_bed["office.idf"]], record.Bases.Select(model => model.Key));
        Assert.Equal([new("Building//North Axis", StudyColumnKind.Field, 1)], record.Parameters);
        Assert.Equal(new Dictionary<string, int> { ["completed"] = 1, ["failed"] = 1, ["not_run"] = 1 }, record.Counts);
        Assert.Equal(
            "2 of 3 rows have ended, 1 has not run; 1 did not complete, 1 of them so: The zone 'NORTH 1' has no surface.", record.Message);
        Assert.Equal(new RunUsage(3, 2, 1, 0, 0, 10, null), record.Usage);
        Assert.NotNull(record.FinishedAt);
        Assert.All(["results.csv", "results.parquet"], name => Assert.True(File.Exists(_bed["out", name])));
    }

    [Fact]
    public async Task Rows_that_failed_are_grouped_by_cause()
    {
        Record("a", "failed", "\"reason\": \"fatal\", \"message\": \"Zone 12 has no volume.\"");
        Record("b", "rejected", "\"reason\": \"no_weather\", \"message\": \"There is no weather.\"");
        Record("c", "failed", "\"reason\": \"fatal\", \"message\": \"Zone 13 has no volume.\"");
        var record = await CollectAsync(ThreeRows);
        Assert.Equal(["fatal", "no_weather"], record.Failures.Select(failure => failure.Reason));
        Assert.Equal((2, "Zone 12 has no volume."), (record.Failures[0].Count, record.Failures[0].Sentence));
        Assert.Equal(["a", "c"], record.Failures[0].Examples);
    }

    [Fact]
    public async Task Study_with_a_row_under_way_is_not_finished()
    {
        Record("a", "running", "\"usage\": null");
        var record = await CollectAsync(ThreeRows);
        Assert.Equal((StudyStatus.Running, null), (record.Status, record.FinishedAt));
        Assert.Equal("0 of 3 rows have ended, 1 is running, 2 have not run.", record.Message);
    }

    [Fact]
    public async Task Record_keeps_what_was_noted_when_the_study_was_begun()
    {
        var begun = new StudyRecord
        {
            Status = StudyStatus.Running, Input = new("models", "inputs/office.study.csv") { ETag = "abc" },
            Plan = "123", Sequencer = "00A", StartedAt = DateTimeOffset.UnixEpoch,
        };
        Directory.CreateDirectory(_bed["out"]);
        await File.WriteAllBytesAsync(_bed["out", "study.json"], StudyRecordFile.ToJson(begun), Token);
        var record = await CollectAsync(ThreeRows);
        Assert.Equal((begun.Input, "123", "00A", begun.StartedAt), (record.Input, record.Plan, record.Sequencer, record.StartedAt));
    }

    [Fact]
    public async Task Record_is_what_its_schema_says_and_is_read_back()
    {
        Record("a", "completed", "\"usage\": {\"puts\": 3}");
        Record("b", "failed", "\"message\": \"…\"");
        var record = await CollectAsync(ThreeRows);
        var json = await File.ReadAllTextAsync(_bed["out", "study.json"], Token);
        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("docs", "schemas", "study.schema.json"), Token);
        Assert.Equal([], schema.Validate(json).Select(fault => fault.ToString()));
        Assert.Equal(json, System.Text.Encoding.UTF8.GetString(StudyRecordFile.ToJson(StudyRecordFile.FromJson(
            await File.ReadAllBytesAsync(_bed["out", "study.json"], Token))!)));
        Assert.Contains("\"base\"", json, StringComparison.Ordinal);
        Assert.Equal(record.Message, StudyRecordFile.FromJson(await File.ReadAllBytesAsync(_bed["out", "study.json"], Token))!.Message);
    }

    [Fact]
    public async Task Page_is_of_the_record_and_the_table_beside_it()
    {
        Record("a", "completed", "\"label\": \"first\"");
        var record = await CollectAsync(ThreeRows);
        var page = await File.ReadAllTextAsync(_bed["out", "index.html"], Token);
        Assert.Contains($"1 of {record.Rows} variants completed", page, StringComparison.Ordinal);
        Assert.Contains("./runs/a/report.html", page, StringComparison.Ordinal);
        await CollectAsync(ThreeRows);
        Assert.Equal(page, await File.ReadAllTextAsync(_bed["out", "index.html"], Token));
    }

    [Fact]
    public async Task Record_that_is_none_is_written_over()
    {
        Directory.CreateDirectory(_bed["out"]);
        await File.WriteAllTextAsync(_bed["out", "study.json"], "{", Token);
        Assert.Equal(3, (await CollectAsync(ThreeRows)).Counts["not_run"]);
    }

    [Fact]
    public async Task Only_records_that_have_changed_are_read_again()
    {
        foreach (var name in (string[])["a", "b", "c"]) Record(name, "completed", "\"label\": \"first\"");
        await CollectAsync(ThreeRows);
        Record("b", "failed", "\"label\": \"second time\"");
        var table = await AgainAsync();
        Assert.Equal((1, "failed"), (table.Runs.RecordsRead, table[1, "status"]));
        await CollectAsync(ThreeRows);
        Assert.Equal(0, (await AgainAsync()).Runs.RecordsRead);
    }

    private void Record(string name, string status, string more)
    {
        Directory.CreateDirectory(_bed["out", "runs", name]);
        File.WriteAllText(
            _bed["out", "runs", name, "run.json"],
            $$"""{"schema": "idfkit.run/1", "run_id": "1", "status": "{{status}}", "timings_ms": {"total": 1500}, {{more}}}""");
    }

    private Task<StudyRecord> CollectAsync(string csv) =>
        StudyResults.CollectAsync(_bed.With("office.study.csv", csv).Read(), _bed["out"], cancellationToken: Token);

    private async Task<StudyTable> AgainAsync()
    {
        var study = _bed.Read();
        return new(study, await Studies.Tables.OutputFolder.Of(study, _bed["out"]).RunsAsync(Token), StudyTable.NoIdentities);
    }
}
