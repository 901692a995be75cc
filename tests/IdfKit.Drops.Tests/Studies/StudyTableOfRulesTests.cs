using IdfKit.Drops.Claims;
using IdfKit.Drops.Studies;
using IdfKit.Runs;
using IdfKit.Studies;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>The two tables of docs/run-lifecycle.md about studies.</summary>
public sealed class StudyTableOfRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RunStudy Row = new(StudyBed.Csv, "north", 1, "identity");

    [Theory]
    [InlineData("0B", "other", StudyStatus.Running, StudyVerdict.Plan)]
    [InlineData("09", "one", StudyStatus.Refused, StudyVerdict.Superseded)]
    [InlineData("0A", "one", StudyStatus.Running, StudyVerdict.Plan)]
    [InlineData("0A", "other", StudyStatus.Running, StudyVerdict.Duplicate)]
    [InlineData("0A", "other", StudyStatus.Refused, StudyVerdict.Duplicate)]
    [InlineData("0A", "other", StudyStatus.Collected, StudyVerdict.Duplicate)]
    [InlineData("0A", "other", StudyStatus.Waiting, StudyVerdict.Plan)]
    [InlineData(null, "other", StudyStatus.Refused, StudyVerdict.Plan)]
    [InlineData(null, "other", StudyStatus.Running, StudyVerdict.Duplicate)]
    public void Plan_takes_over_as_the_table_says(string? sequencer, string execution, StudyStatus status, object verdict)
    {
        var drop = new DroppedObject("bucket", ObjectKey.FromText(StudyBed.Csv)) { Sequencer = sequencer, ETag = "e", EventTime = Now };
        Assert.Equal(verdict, StudyRules.Decide(Record(status), drop, execution, isLeftToNobodyElse: false));
        Assert.Equal(StudyVerdict.Plan, StudyRules.Decide(null, drop, execution, isLeftToNobodyElse: false));
    }

    [Theory]
    [InlineData(StudyStatus.Planned, 3, StudyVerdict.Plan)]
    [InlineData(StudyStatus.Running, 3, StudyVerdict.Plan)]
    [InlineData(StudyStatus.Planned, 0, StudyVerdict.Duplicate)]
    [InlineData(StudyStatus.Collected, 3, StudyVerdict.Duplicate)]
    public void Function_by_itself_goes_on_with_what_a_dead_attempt_may_have_left(StudyStatus status, int toRun, object verdict)
    {
        var drop = new DroppedObject("bucket", ObjectKey.FromText(StudyBed.Csv)) { Sequencer = "0A" };
        Assert.Equal(verdict, StudyRules.Decide(Record(status) with { ToRun = toRun }, drop, "other", isLeftToNobodyElse: true));
    }

    [Fact]
    public void Another_file_of_the_same_folder_is_ordered_by_its_time()
    {
        var json = new DroppedObject("bucket", ObjectKey.FromText("inputs/p/office.study.json")) { Sequencer = "01", EventTime = Now };
        Assert.Equal(StudyVerdict.Plan, StudyRules.Decide(Record(StudyStatus.Collected), json, "other", isLeftToNobodyElse: false));
        var older = json with { EventTime = Now.AddDays(-1) };
        Assert.Equal(StudyVerdict.Superseded, StudyRules.Decide(Record(StudyStatus.Collected), older, "other", isLeftToNobodyElse: false));
    }

    [Theory]
    [InlineData(RunStatus.Completed, null, "identity", "r", 0, ClaimVerdict.AlreadyFinished)]
    [InlineData(RunStatus.Completed, null, "other", "r", 0, ClaimVerdict.Take)]
    [InlineData(RunStatus.Rejected, RunReason.InputsChanged, "identity", "r", 0, ClaimVerdict.Take)]
    [InlineData(RunStatus.Crashed, RunReason.GaveUp, "identity", "r", 0, ClaimVerdict.AlreadyFinished)]
    [InlineData(RunStatus.Running, null, "identity", "mine", 60, ClaimVerdict.Take)]
    [InlineData(RunStatus.Running, null, "identity", "r", 60, ClaimVerdict.AlreadyRunning)]
    [InlineData(RunStatus.Running, null, "identity", "r", -1, ClaimVerdict.Take)]
    [InlineData(RunStatus.Running, null, "other", "r", 60, ClaimVerdict.Take)]
    public void Row_takes_over_as_the_table_says(
        RunStatus status, string? reason, string identity, string requestId, int expiresIn, object verdict)
    {
        var found = Found(status, identity) with { Reason = reason, RequestId = requestId, ExpiresAt = Now.AddSeconds(expiresIn) };
        Assert.Equal(verdict, RowRules.Decide(found, Row, "0A", "mine", Now));
        Assert.Equal(ClaimVerdict.Take, RowRules.Decide(null, Row, "0A", "mine", Now));
    }

    [Fact]
    public void Row_waits_for_results_of_other_values_that_are_being_written_and_gives_way_to_a_newer_plan()
    {
        var found = Found(RunStatus.Running, "other") with { Phase = RunPhase.Uploading, ExpiresAt = Now.AddSeconds(60), RequestId = "r" };
        Assert.Equal(ClaimVerdict.Later, RowRules.Decide(found, Row, "0A", "mine", Now));
        Assert.Equal(ClaimVerdict.Superseded, RowRules.Decide(found with { Sequencer = "0B" }, Row, "0A", "mine", Now));
        var ended = Found(RunStatus.Completed, "other") with { Sequencer = "0B" };
        Assert.Equal(ClaimVerdict.Superseded, RowRules.Decide(ended, Row, "0A", "mine", Now));
        Assert.Equal(ClaimVerdict.Take, RowRules.Decide(ended with { Sequencer = "09" }, Row, "0A", "mine", Now));
    }

    [Fact]
    public void Deaths_are_counted_of_the_same_row_alone_and_a_release_is_none()
    {
        Assert.Equal(1, RowRules.After(null, Row).Attempt);
        Assert.Equal(1, RowRules.After(Found(RunStatus.Completed, "identity"), Row).Attempt);
        Assert.Equal(1, RowRules.After(Found(RunStatus.Running, "other"), Row).Attempt);
        var begun = Found(RunStatus.Running, "identity");
        Assert.Equal(2, RowRules.After(begun, Row).Attempt);
        Assert.Equal(3, RowRules.After(begun with { Study = Row with { Attempt = 2 } }, Row).Attempt);
        Assert.Equal(1, RowRules.After(begun with { Study = Row with { Attempt = 0 } }, Row).Attempt);
    }

    private static StudyRecord Record(StudyStatus status) => new()
    {
        Status = status,
        Input = new("bucket", StudyBed.Csv) { ETag = "e", LastModified = Now },
        Execution = "one",
        Sequencer = "0A",
    };

    private static RunRecord Found(RunStatus status, string identity) => new()
    {
        RunId = "found",
        Status = status,
        Input = new("bucket", "inputs/p/office.idf"),
        Study = Row with { Identity = identity, Attempt = 1 },
        StartedAt = Now,
    };
}
