using System.Text;

using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Drops.Tests;

/// <summary>Which inputs of a bucket have the results that belong to them, and whose claims are let go.</summary>
public sealed class CurrentResultsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private readonly IAsyncFileSystem _bucket = new MemoryFileSystem().AsAsync();
    private readonly OutputLayout _layout = new("inputs/", "outputs/", sameBucket: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Model_without_a_record_or_with_one_that_cannot_be_read_is_new()
    {
        Assert.Equal(DropStanding.New, await StandingAsync("inputs/a.idf"));
        await _bucket.WriteTextAsync("outputs/a/run.json", "no record", cancellationToken: Token);
        Assert.Equal(DropStanding.New, await StandingAsync("inputs/a.idf"));
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.TimedOut)]
    public async Task Model_whose_very_content_has_ended_is_current_and_other_content_is_changed(RunStatus status)
    {
        var entry = await PutAsync("inputs/a.idf", "1");
        await RecordAsync("outputs/a", record => record with { Status = status, Input = record.Input with { ETag = entry.ETag } });
        Assert.Equal(DropStanding.Current, await StandingAsync("inputs/a.idf"));
        await PutAsync("inputs/a.idf", "2");
        Assert.Equal(DropStanding.Changed, await StandingAsync("inputs/a.idf"));
    }

    [Fact]
    public async Task Running_record_is_held_until_its_claim_has_run_out_and_then_interrupted()
    {
        await PutAsync("inputs/a.idf", "1");
        await RecordAsync("outputs/a", record => record with { ExpiresAt = Now.AddMinutes(1) });
        Assert.Equal(DropStanding.HeldByAnother, await StandingAsync("inputs/a.idf"));
        await RecordAsync("outputs/a", record => record with { ExpiresAt = Now });
        Assert.Equal(DropStanding.Interrupted, await StandingAsync("inputs/a.idf"));
    }

    [Fact]
    public async Task Rejected_model_no_longer_waits_when_its_file_is_there()
    {
        var entry = await PutAsync("inputs/a.idf", "1");
        await RecordAsync("outputs/a", record => record with
        {
            Status = RunStatus.Rejected, Reason = RunReason.NoWeather, Missing = ["inputs/a.epw", "inputs/*.epw"],
            Input = record.Input with { ETag = entry.ETag },
        });
        Assert.Equal(DropStanding.Current, await StandingAsync("inputs/a.idf"));
        await PutAsync("inputs/w.epw", "weather");
        Assert.Equal(DropStanding.NoLongerWaits, await StandingAsync("inputs/a.idf"));
    }

    [Theory]
    [InlineData("inputs/w.epw")]
    [InlineData("inputs/a.job.json")]
    [InlineData("elsewhere/a.idf")]
    [InlineData("outputs/a/in.idf")]
    public async Task What_has_no_results_of_its_own_is_current(string path)
    {
        await PutAsync(path, "1");
        Assert.Equal(DropStanding.Current, await StandingAsync(path));
    }

    [Fact]
    public async Task What_was_meant_as_a_model_has_a_record_too() =>
        Assert.Equal(DropStanding.New, await StandingAsync("inputs/house.osm"));

    [Theory]
    [InlineData(StudyStatus.Planned, 0, DropStanding.Interrupted)]
    [InlineData(StudyStatus.Running, 0, DropStanding.Interrupted)]
    [InlineData(StudyStatus.Collected, 0, DropStanding.Current)]
    [InlineData(StudyStatus.Collected, 2, DropStanding.Interrupted)]
    [InlineData(StudyStatus.Refused, 0, DropStanding.Current)]
    [InlineData(StudyStatus.Waiting, 0, DropStanding.NoLongerWaits)]
    public async Task Study_is_as_current_as_its_record_says(StudyStatus status, int running, DropStanding expected)
    {
        Assert.Equal(DropStanding.New, await StandingAsync("inputs/a.study.csv"));
        var entry = await PutAsync("inputs/a.study.csv", "1");
        var record = new StudyRecord
        {
            Status = status, Input = new("local", "inputs/a.study.csv") { ETag = entry.ETag },
            Counts = new Dictionary<string, int> { ["running"] = running },
        };
        await _bucket.WriteBytesAsync("outputs/a.study/study.json", StudyRecordFile.ToJson(record), Token);
        Assert.Equal(expected, await StandingAsync("inputs/a.study.csv"));
    }

    [Fact]
    public async Task Claim_of_a_dead_owner_is_let_go_once_and_counts_no_death_of_a_row()
    {
        await RecordAsync("outputs/a.study/runs/r", record => record with
        {
            RequestId = "one#", ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(10),
            Study = new("inputs/a.study.csv", "r", 1, "identity") { Attempt = 2 },
        });
        var interrupted = new InterruptedRuns(_bucket, new HashSet<string> { "one" });
        var released = await interrupted.ReleaseAsync("outputs/a.study/runs/r", Token);
        Assert.True(released!.ExpiresAt <= DateTimeOffset.UtcNow);
        Assert.Equal(1, released.Study!.Attempt);
        var stored = RunRecordFile.FromJson(await _bucket.ReadBytesAsync("outputs/a.study/runs/r/run.json", Token))!;
        Assert.Equal((RunStatus.Running, 1), (stored.Status, stored.Study!.Attempt));
        Assert.Null(await interrupted.ReleaseAsync("outputs/a.study/runs/r", Token));
    }

    [Theory]
    [InlineData(RunStatus.Running, "another")]
    [InlineData(RunStatus.Running, null)]
    [InlineData(RunStatus.Completed, "one")]
    public async Task Claim_of_another_owner_and_a_record_that_has_ended_are_left_alone(RunStatus status, string? request)
    {
        await RecordAsync("outputs/a", record => record with
        {
            Status = status, RequestId = request, ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(10),
        });
        var before = await _bucket.ReadBytesAsync("outputs/a/run.json", Token);
        Assert.Null(await new InterruptedRuns(_bucket, new HashSet<string> { "one" }).ReleaseAsync("outputs/a", Token));
        Assert.Equal(before, await _bucket.ReadBytesAsync("outputs/a/run.json", Token));
        Assert.Null(await new InterruptedRuns(_bucket, new HashSet<string> { "one" }).ReleaseAsync("outputs/none", Token));
    }

    private async Task<DropStanding> StandingAsync(string path)
    {
        var entry = await _bucket.ExistsAsync(path, Token) ? await _bucket.StatAsync(path, Token) : await PutAsync(path, "1");
        return await new CurrentResults(_layout, _bucket).OfAsync(entry, Now, Token);
    }

    private async Task<FileEntry> PutAsync(string path, string content)
    {
        await _bucket.WriteBytesAsync(path, Encoding.UTF8.GetBytes(content), Token);
        return await _bucket.StatAsync(path, Token);
    }

    private async Task RecordAsync(string folder, Func<RunRecord, RunRecord> of)
    {
        var record = new RunRecord
        {
            RunId = "run", Status = RunStatus.Running, Input = new("local", "inputs/a.idf"), StartedAt = Now.AddMinutes(-5),
        };
        await _bucket.WriteBytesAsync($"{folder}/run.json", RunRecordFile.ToJson(of(record)), Token);
    }
}
