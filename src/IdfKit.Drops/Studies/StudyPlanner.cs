using IdfKit.Drops.Objects;
using IdfKit.Runs;
using IdfKit.Runs.Staging;
using IdfKit.Storage;
using IdfKit.Studies;
using IdfKit.Studies.Files;

namespace IdfKit.Drops.Studies;

/// <summary>
/// The call <c>plan</c>: reads and checks a study, says which of its rows are to be run, and claims its folder for an execution. What is
/// wrong with a study is an answer and stands in <c>study.json</c>.
/// </summary>
/// <param name="parts">What it works with.</param>
internal sealed class StudyPlanner(StudyParts parts)
{
    /// <summary>Of more rows than these nothing is started.</summary>
    public int MostRows { get; init; } = int.MaxValue;

    /// <summary>
    /// Whether nobody but events of this study brings it to its end, so that one that is under way may be of a dead attempt.
    /// </summary>
    public bool IsLeftToNobodyElse { get; init; }

    /// <summary>The function's memory, for what the rows will cost; null: it is none.</summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary>Plans a study.</summary>
    /// <exception cref="StudyCallException">The call names no object.</exception>
    /// <exception cref="StorageException">Storage failed.</exception>
    public async Task<PlanAnswer> PlanAsync(PlanCall call, CancellationToken cancellationToken)
    {
        if (!S3Url.TryParse(call.Plan ?? "", out var url)) throw new StudyCallException(DropSentences.NoStudyUrl(call.Plan ?? ""));
        var results = parts.ResultsOf(url.Bucket);
        var kind = results.Layout.KindOf(url.Key, results.InSameBucket);
        var isStudy = kind is DropKind.Study
            || (kind is DropKind.Model && await IsByItselfAsync(results, url.Key, cancellationToken).ConfigureAwait(false));
        if (!isStudy)
            return Unwritten("refused", results.Layout.WhyNotRun(url.Key, results.InSameBucket) ?? DropSentences.NoStudy(url.Key.Value));
        var drop = new DroppedObject(url.Bucket, url.Key)
        {
            ETag = call.Object?.ETag,
            SizeBytes = call.Object?.Size,
            Sequencer = call.Object?.Sequencer is { Length: > 0 } sequencer ? sequencer : null,
            VersionId = call.Object?.VersionId is { Length: > 0 } version ? version : null,
        };
        return (await PlanAsync(drop, call.Execution, cancellationToken).ConfigureAwait(false)).Answer;
    }

    /// <summary>Whether a model was dropped, and found to be a study by itself.</summary>
    private static async Task<bool> IsByItselfAsync(ResultsPlace results, ObjectKey model, CancellationToken cancellationToken)
    {
        if (!FileKind.IsIdf(model)) return false;
        var path = $"{results.Layout.FolderOf(model)}/{RunRecordFile.Name}";
        var json = await results.Files.ReadBytesOrNullAsync(path, cancellationToken).ConfigureAwait(false);
        return json is not null && RunRecordFile.FromJson(json) is { Reason: RunReason.IsStudy };
    }

    /// <summary>Plans a study that has been dropped.</summary>
    public async Task<MadePlan> PlanAsync(DroppedObject drop, string? execution, CancellationToken cancellationToken)
    {
        var usage = OwnUsage.Begin(parts.Time, MemoryMegabytes);
        var place = StudyPlace.Of(parts.ResultsOf(drop.Bucket), drop.Key);
        FileEntry entry;
        try { entry = await parts.Buckets.Open(drop.Bucket).StatAsync(drop.Key.Value, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound)
        {
            var gone = drop.Sequencer is null ? DropSentences.NoSuchObject(drop.Url) : DropSentences.NoLongerThere(drop.Url);
            return new(Unwritten("refused", gone));
        }
        drop = drop with { SizeBytes = entry.SizeBytes, EventTime = entry.Modified };
        if (drop.Sequencer is null) drop = drop with { ETag = entry.ETag, VersionId = entry.VersionId };

        using var workspace = Workspace.Create(parts.Settings.WorkDirectory, "plan-" + Guid.NewGuid().ToString("N"));
        var bases = new StagedBases(parts.Settings, parts.Buckets, drop.Bucket);
        await using var opened = bases.ConfigureAwait(false);
        var claim = new StudyClaim(place, workspace);
        await claim.ReadAsync(cancellationToken).ConfigureAwait(false);
        Draft? draft = null;
        for (var attempt = 1; attempt <= StudyClaim.Attempts; attempt++)
        {
            if (claim.Record?.Input is { } other && other.Bucket != drop.Bucket)
                return new(Unwritten("refused", DropSentences.StudyFolderOfAnother(drop.Url, S3Url.Of(other.Bucket, other.Key))));
            var verdict = StudyRules.Decide(claim.Record, drop, execution, IsLeftToNobodyElse);
            if (verdict != StudyVerdict.Plan) return new(Declined(verdict, place, claim.Record!));
            draft ??= await DraftAsync(drop, entry, execution, place, workspace, bases, cancellationToken).ConfigureAwait(false);
            // A call without a sequencer keeps that of the same file, or a late copy of its event would seem newer.
            var record = draft.Record with
            {
                Sequencer = drop.Sequencer ?? StudyRules.SequencerOf(claim.Record, drop),
                OwnUsage = draft.Record.Plan is null ? null : usage.AddedTo(others: null),
            };
            if (await claim.TryWriteAsync(record, cancellationToken).ConfigureAwait(false)) return draft.Made;
        }
        throw new RunDeferredException(DropSentences.StudyContested(drop.Url));
    }

    private async Task<Draft> DraftAsync(
        DroppedObject drop, FileEntry entry, string? execution, StudyPlace place, Workspace workspace, StagedBases bases,
        CancellationToken cancellationToken)
    {
        var (file, unread) = await FetchAsync(drop, entry, workspace, cancellationToken).ConfigureAwait(false);
        var begun = new StudyRecord
        {
            Status = StudyStatus.Refused,
            Input = InputOf(drop, file ?? entry),
            StartedAt = parts.Time.GetUtcNow(),
            Execution = execution,
            Sequencer = drop.Sequencer,
        };
        var read = unread is not null
            ? new ReadStudy(null, [], unread)
            : await ReadAsync(drop, workspace, bases, cancellationToken).ConfigureAwait(false);
        if (read.Refusal is { } refusal)
        {
            var waits = refusal.Missing.Count > 0;
            // Notes first, so that none is forgotten. A machine asks again by itself.
            if (waits && (IsLeftToNobodyElse || !parts.Settings.Studies.ByMachine))
                await place.Results.Waiting.AddAsync(begun.Input, refusal.Missing, cancellationToken).ConfigureAwait(false);
            return Refused(begun with { Status = waits ? StudyStatus.Waiting : StudyStatus.Refused }, refusal, place);
        }
        var making = new PlanMaking(parts, place)
        {
            MostRows = MostRows, IsOneCall = IsLeftToNobodyElse, MemoryMegabytes = MemoryMegabytes,
        };
        try
        {
            var (record, made) = await making.MakeAsync(begun, read, FileOf(workspace), cancellationToken).ConfigureAwait(false);
            return new(record, made);
        }
        catch (StudyTooLongRowException e) { return Refused(begun, StudyRefusal.Of(e.Message), place); }
    }

    /// <summary>Brings the study's file to local disk; or says why not.</summary>
    private async Task<(FileEntry? File, StudyRefusal? Refusal)> FetchAsync(
        DroppedObject drop, FileEntry entry, Workspace workspace, CancellationToken cancellationToken)
    {
        if (entry.SizeBytes > StudyText.MostBytes)
            return (null, StudyRefusal.Of(StudySentences.FileTooLarge(StudyText.MostBytes / 1_000_000)));
        var bucket = parts.Buckets.Open(drop.Bucket);
        var look = await bucket.LookAsync(drop.Key.Value, FileOf(workspace), cancellationToken).ConfigureAwait(false);
        if (look.Entry is { } file) return (file, null);
        return (null, StudyRefusal.Of(look.IsDenied
            ? DropSentences.StudyDenied(drop.Key.Value, drop.Key.Value)
            : DropSentences.NoLongerThere(drop.Url)));
    }

    private Task<ReadStudy> ReadAsync(
        DroppedObject drop, Workspace workspace, StagedBases bases, CancellationToken cancellationToken)
    {
        var bucket = parts.Buckets.Open(drop.Bucket);
        var inputs = new StudyInputs(drop.Key, FileOf(workspace), bucket, bases, parts.Settings.InputPrefix);
        var engines = parts.Engines.Installations;
        return new StudyReading(drop.Key, inputs, parts.Staging(drop.Key, bases), engines).ReadAsync(cancellationToken);
    }

    // What was read, which may be newer than what the event tells of.
    private static RunInput InputOf(DroppedObject drop, FileEntry read) => new(drop.Bucket, drop.Key.Value)
    {
        ETag = read.ETag, VersionId = read.VersionId, SizeBytes = read.SizeBytes, LastModified = read.Modified,
    };

    private static string FileOf(Workspace workspace) => Path.Combine(workspace.Path, "study");

    private static Draft Refused(StudyRecord begun, StudyRefusal refusal, StudyPlace place)
    {
        var record = begun with { Message = refusal.Message, Faults = refusal.Faults };
        var status = record.Status == StudyStatus.Waiting ? "waiting" : "refused";
        var answer = new PlanAnswer(status, refusal.Message) { Study = place.Url, Tickets = None(place.Results.Bucket) };
        return new(record, new(answer) { Missing = refusal.Missing });
    }

    private static PlanAnswer Declined(StudyVerdict verdict, StudyPlace place, StudyRecord existing)
    {
        var url = S3Url.Of(existing.Input.Bucket, existing.Input.Key);
        var (status, message) = verdict == StudyVerdict.Duplicate
            ? ("duplicate", DropSentences.StudyPlannedBefore(url))
            : ("superseded", DropSentences.EventIsOld(url));
        return new(status, message)
        {
            Study = place.Url, Plan = existing.Plan, Total = existing.Rows, Tickets = None(place.Results.Bucket),
        };
    }

    private static PlanAnswer Unwritten(string status, string message) => new(status, message) { Tickets = None("") };

    private static CalledTickets None(string bucket) => new(bucket, "", 0);

    /// <summary>A record that is to be written, and what is answered once it is.</summary>
    private sealed record Draft(StudyRecord Record, MadePlan Made);
}

/// <summary>A plan that was made, or why none was.</summary>
/// <param name="Answer">What is answered.</param>
internal sealed record MadePlan(PlanAnswer Answer)
{
    /// <summary>The calls that run its rows.</summary>
    public IReadOnlyList<RowsCall> Calls { get; init; } = [];

    /// <summary>The keys any of which may let it be planned when it arrives.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
