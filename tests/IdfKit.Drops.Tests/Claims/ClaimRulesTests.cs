using IdfKit.Drops.Claims;
using IdfKit.Drops.Objects;
using IdfKit.Runs;

namespace IdfKit.Drops.Tests.Claims;

public sealed class ClaimRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DroppedObject Drop = new("bucket", ObjectKey.FromText("inputs/office.idf")) { Sequencer = "0B", ETag = "new" };

    [Fact]
    public void No_record_is_claimed() => Assert.Equal(ClaimVerdict.Take, ClaimRules.Decide(null, Drop, "request", Now));

    [Theory]
    [InlineData("0A", nameof(ClaimVerdict.Take))]
    [InlineData("0B", nameof(ClaimVerdict.AlreadyFinished))]
    [InlineData("0C", nameof(ClaimVerdict.Superseded))]
    public void Finished_record_gives_way_to_newer_events_only(string recorded, string verdict) =>
        Assert.Equal(verdict, ClaimRules.Decide(Record(RunStatus.Completed, recorded), Drop, "request", Now).ToString());

    [Theory]
    [InlineData("0A", RunPhase.Simulating, nameof(ClaimVerdict.Take))]
    [InlineData("0A", RunPhase.Uploading, nameof(ClaimVerdict.Later))]
    [InlineData("0B", RunPhase.Simulating, nameof(ClaimVerdict.AlreadyRunning))]
    [InlineData("0B", RunPhase.Uploading, nameof(ClaimVerdict.AlreadyRunning))]
    [InlineData("0C", RunPhase.Simulating, nameof(ClaimVerdict.Superseded))]
    public void Running_record_gives_way_to_newer_content_until_it_uploads(string recorded, RunPhase phase, string verdict) =>
        Assert.Equal(verdict,
            ClaimRules.Decide(Record(RunStatus.Running, recorded) with { Phase = phase }, Drop, "request", Now).ToString());

    [Fact]
    public void Retry_of_the_same_request_takes_over_at_once() =>
        Assert.Equal(ClaimVerdict.Take, ClaimRules.Decide(
            Record(RunStatus.Running, "0B") with { RequestId = "request", Phase = RunPhase.Uploading }, Drop, "request", Now));

    [Fact]
    public void Expired_claim_is_taken_over() =>
        Assert.Equal(ClaimVerdict.Take, ClaimRules.Decide(Record(RunStatus.Running, "0B") with { ExpiresAt = Now }, Drop, "request", Now));

    [Fact]
    public void Same_version_is_never_run_twice() =>
        Assert.Equal(ClaimVerdict.AlreadyFinished,
            ClaimRules.Decide(Record(RunStatus.Failed, "0A", versionId: "v1"), Drop with { VersionId = "v1" }, "request", Now));

    [Fact]
    public void Direct_call_for_the_content_that_was_run_is_answered_from_the_record()
    {
        var direct = new DroppedObject("bucket", Drop.Key) { ETag = "same", EventTime = Now };
        var record = Record(RunStatus.Completed, "0A");
        Assert.Equal(ClaimVerdict.AlreadyFinished,
            ClaimRules.Decide(record with { Input = record.Input with { ETag = "same", LastModified = Now } }, direct, null, Now));
        Assert.Equal(ClaimVerdict.Take,
            ClaimRules.Decide(record with { Input = record.Input with { ETag = "other", LastModified = Now } }, direct, null, Now));
    }

    [Theory]
    [InlineData(RunReason.Deadline, true, "0B", nameof(ClaimVerdict.Take))]
    [InlineData(RunReason.Deadline, false, "0B", nameof(ClaimVerdict.AlreadyFinished))]
    [InlineData(RunReason.Timeout, true, "0B", nameof(ClaimVerdict.AlreadyFinished))]
    [InlineData(RunReason.Deadline, true, "0C", nameof(ClaimVerdict.Superseded))]
    public void What_the_deadline_stopped_is_taken_up_by_who_has_none(string reason, bool mayTakeLonger, string recorded, string verdict) =>
        Assert.Equal(verdict,
            ClaimRules.Decide(Record(RunStatus.TimedOut, recorded) with { Reason = reason },
                Drop with { MayTakeLonger = mayTakeLonger }, "request", Now)
                .ToString());

    private static RunRecord Record(RunStatus status, string sequencer, string? versionId = null) => new()
    {
        RunId = "earlier",
        Status = status,
        Input = new("bucket", "inputs/office.idf") { VersionId = versionId },
        RequestId = "another request",
        Sequencer = sequencer,
        StartedAt = Now.AddMinutes(-1),
        ExpiresAt = status == RunStatus.Running ? Now.AddMinutes(10) : null,
    };
}
