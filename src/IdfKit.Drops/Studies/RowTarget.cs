using IdfKit.Drops.Claims;
using IdfKit.Runs;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops.Studies;

/// <summary>A row of a study, run in a folder of its own below that of the study.</summary>
/// <param name="place">That of the study.</param>
/// <param name="row">The row on its base.</param>
/// <param name="study">The row, for the record.</param>
/// <param name="sequencer">The order of the event that planned it; null: none.</param>
internal sealed class RowTarget(StudyPlace place, StagedRow row, RunStudy study, string? sequencer) : RunTarget
{
    /// <summary>Whether the call may be made again for what the deadline stops: not where it had the whole time for it.</summary>
    public bool MayComeAgain { get; init; }

    /// <summary>What has been asked of storage for the row so far.</summary>
    public RequestCounts? Counted { get; init; }

    public override RequestCounts? Asked => Counted;

    public override DroppedObject Drop => row.Base.Drop;

    public override string Url => S3Url.Of(place.Results.Bucket, Folder);

    public override string Folder => place.RunOf(study.Name);

    public override bool LeavesNotes => false;

    public override bool HasMoreTimeLater => MayComeAgain;

    public override IModelSource Source(RunRecord claimed) => new VariantSource(row, claimed.Study!);

    public override RunRecord Begin(RunRecord begun) => begun with
    {
        Input = row.Base.Fetched.Input,
        Sequencer = sequencer,
        Study = study,
    };

    public override ClaimVerdict Decide(RunRecord? existing, string? requestId, DateTimeOffset now) =>
        RowRules.Decide(existing, study, sequencer, requestId, now);

    public override RunRecord After(RunRecord begun, RunRecord? existing) =>
        begun with { Study = RowRules.After(existing, study) };

    public override RunRecord Released(RunRecord claimed) =>
        claimed with { Study = claimed.Study! with { Attempt = claimed.Study.Attempt - 1 } };

    public override string? WhyCrashed(RunRecord claimed) =>
        claimed.Study!.Attempt > RowRules.MostDeaths ? DropSentences.RowCrashed(study.Name, RowRules.MostDeaths) : null;
}
