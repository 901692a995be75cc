using System.Collections.Concurrent;

using IdfKit.Runs;
using IdfKit.Runs.Staging;
using IdfKit.Storage;
using IdfKit.Studies;
using IdfKit.Studies.Reading;

namespace IdfKit.Drops.Studies;

/// <summary>
/// The call <c>rows</c>: runs rows of a planned study, each as an ordinary run in its own folder. What is not run in the time, or is held
/// by others, is left for another call.
/// </summary>
/// <param name="parts">What it works with.</param>
/// <param name="delivery">The invocation.</param>
internal sealed class StudyRows(StudyParts parts, Delivery delivery)
{
    private const int LooksAtOnce = 8, LeastWaitSeconds = 30, MostWaitSeconds = 900;

    private readonly ConcurrentDictionary<string, RequestCounts> _counts = new(StringComparer.Ordinal); // of the rows, by their names
    private readonly ConcurrentDictionary<string, bool> _fatal = new(StringComparer.Ordinal); // rows that an attempt may have died of
    private long _longestTicks; // of a row, so far
    private int _begun;

    /// <summary>Is told of each row that has come to its end; null: nobody listens.</summary>
    public IProgress<RunResult>? Progress { get; init; }

    /// <summary>Runs the rows.</summary>
    /// <param name="call">The rows, and what they are of.</param>
    /// <param name="atOnce">How many are run at a time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StudyCallException">The call names no study, or a row that can have no folder.</exception>
    /// <exception cref="StorageException">Storage failed before any row came to its end; so with the other exceptions of a run.</exception>
    public async Task<RowsAnswer> RunAsync(RowsCall call, int atOnce, CancellationToken cancellationToken)
    {
        foreach (var row in call.Rows)
            if (string.IsNullOrEmpty(row.Name) || RowName.FaultOf(row.Name) is not null)
                throw new StudyCallException(DropSentences.BadRowName(row.Name ?? ""));
        var place = parts.PlaceOf(call.Study);
        using var workspace = Workspace.Create(parts.Settings.WorkDirectory, "rows-" + Guid.NewGuid().ToString("N"));
        var claim = new StudyClaim(place, workspace);
        var study = await claim.ReadAsync(cancellationToken).ConfigureAwait(false);
        var run = new RowsRun();
        if (!IsOfPlan(study, call))
        {
            foreach (var row in call.Rows) run.Leave(row);
            return Answer(call, run, isSuperseded: true);
        }
        if (study!.Status == StudyStatus.Planned)
            await claim.TryWriteAsync(study with { Status = StudyStatus.Running }, cancellationToken).ConfigureAwait(false);

        var bases = new StagedBases(parts.Settings, parts.Buckets, study.Input.Bucket);
        await using var opened = bases.ConfigureAwait(false);
        var staging = parts.Staging(ObjectKey.FromText(study.Input.Key), bases);
        var ordered = await OrderAsync(place, study, call, run, cancellationToken).ConfigureAwait(false);
        await Parallel.ForEachAsync(
            ordered, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (row, token) =>
            {
                using var slot = delivery.Rows is { } slots
                    ? await slots.TakeAsync(_fatal.ContainsKey(row.Name), token).ConfigureAwait(false)
                    : null;
                await RunAsync(row, place, study, staging, call, run, token).ConfigureAwait(false);
            }).ConfigureAwait(false);
        if (run is { Ended.Count: 0, Failure: { } failure })
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return Answer(call, run, run.IsSuperseded);
    }

    /// <summary>Those that have run are passed over; those that an attempt has begun before go last.</summary>
    private async Task<IReadOnlyList<CalledRow>> OrderAsync(
        StudyPlace place, StudyRecord study, RowsCall call, RowsRun run, CancellationToken cancellationToken)
    {
        var found = new RunRecord?[call.Rows.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, found.Length),
            new ParallelOptions { MaxDegreeOfParallelism = LooksAtOnce, CancellationToken = cancellationToken },
            async (at, token) =>
            {
                _counts[call.Rows[at].Name] = RequestCounts.Begin();
                found[at] = await RecordOfAsync(place, call.Rows[at], token).ConfigureAwait(false);
            }).ConfigureAwait(false);
        List<CalledRow> fresh = [], begun = [];
        foreach (var (at, row) in call.Rows.Index())
        {
            if (RowRules.HasRun(found[at], RunStudyOf(study, row, row.Identity ?? ""))) run.End(found[at]!.Status);
            else (found[at] is { Status: RunStatus.Running } ? begun : fresh).Add(row);
            if (found[at] is { Status: RunStatus.Running, Study.Attempt: > 0 }) _fatal[row.Name] = true;
        }
        return [.. fresh, .. begun];
    }

    private static async Task<RunRecord?> RecordOfAsync(StudyPlace place, CalledRow row, CancellationToken cancellationToken)
    {
        var path = $"{place.RunOf(row.Name)}/{RunRecordFile.Name}";
        try
        {
            var json = await place.Results.Files.ReadBytesOrNullAsync(path, cancellationToken).ConfigureAwait(false);
            return json is null ? null : RunRecordFile.FromJson(json);
        }
        // a role that may not list is denied what is not there
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return null; }
    }

    private async Task RunAsync(
        CalledRow row, StudyPlace place, StudyRecord study, RowStaging staging, RowsCall call, RowsRun run,
        CancellationToken cancellationToken)
    {
        var isFirst = Interlocked.Increment(ref _begun) == 1;
        var counts = _counts[row.Name].Resume(); // what is fetched for all rows counts for the one that asks first
        if (run.IsSuperseded || (!isFirst && IsShort()))
        {
            run.Leave(row);
            return;
        }
        try
        {
            if (!isFirst && !await IsCurrentAsync(place, call, cancellationToken).ConfigureAwait(false))
            {
                run.IsSuperseded = true;
                run.Leave(row);
                return;
            }
            var began = parts.Time.GetTimestamp();
            var result = await RunAsync(row, place, study, staging, call, counts, !isFirst, cancellationToken).ConfigureAwait(false);
            NoteTime(parts.Time.GetElapsedTime(began).Ticks);
            await TellAsync(result, row, place, call, run, cancellationToken).ConfigureAwait(false);
        }
        catch (RunDeferredException e) { run.Leave(row, WaitFor(e.Until)); }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { throw; }
        catch (Exception e) { run.Leave(row, LeastWaitSeconds, e); } // the others still get their run; this one comes again
    }

    private async Task<RunResult> RunAsync(
        CalledRow row, StudyPlace place, StudyRecord study, RowStaging staging, RowsCall call, RequestCounts counts, bool mayComeAgain,
        CancellationToken cancellationToken)
    {
        var staged = await staging.OfAsync(row, study.Bases[0].Key, cancellationToken).ConfigureAwait(false);
        var hasChanged = row.Identity is { } planned && staged.Identity != planned;
        if (hasChanged && staged.Rejection is null)
            staged = staged with { Rejection = new(RunReason.InputsChanged, DropSentences.InputsChanged(row.Name)) };
        var about = RunStudyOf(study, row, row.Identity ?? staged.Identity);
        var target = new RowTarget(place, staged, about, study.Sequencer) { MayComeAgain = mayComeAgain, Counted = counts };
        var settings = parts.Settings with { SignOfLife = TimeSpan.Zero };
        var attempt = delivery with { RequestId = call.Execution is null ? delivery.RequestId : $"{call.Execution}#{call.Ticket}" };
        var run = new ClaimedRun(settings, parts.Buckets, parts.Engines, parts.Time, place.Results, attempt);
        return await run.RunAsync(target, cancellationToken).ConfigureAwait(false);
    }

    private async Task TellAsync(
        RunResult result, CalledRow row, StudyPlace place, RowsCall call, RowsRun run, CancellationToken cancellationToken)
    {
        if (result is { Kind: RunResultKind.Committed or RunResultKind.Duplicate, Record: { Status: not RunStatus.Running } ended })
        {
            run.End(ended.Status);
            Progress?.Report(result);
            return;
        }
        // Another run took over: of a newer plan, or of this one where an attempt was thought dead.
        run.IsSuperseded |= !await IsCurrentAsync(place, call, cancellationToken).ConfigureAwait(false);
        run.Leave(row, LeastWaitSeconds);
    }

    private void NoteTime(long ticks)
    {
        for (long longest; ticks > (longest = Volatile.Read(ref _longestTicks));)
            if (Interlocked.CompareExchange(ref _longestTicks, ticks, longest) == longest) return;
    }

    private bool IsShort()
    {
        if (delivery.Deadline is not { } deadline) return false;
        var needed = 1.5 * new TimeSpan(Volatile.Read(ref _longestTicks));
        return deadline - parts.Time.GetUtcNow() < (needed > Delivery.LeastForOneMore ? needed : Delivery.LeastForOneMore);
    }

    private int WaitFor(DateTimeOffset? until)
    {
        var seconds = until is { } known ? Math.Ceiling((known - parts.Time.GetUtcNow()).TotalSeconds) + 1 : LeastWaitSeconds;
        return (int)Math.Clamp(seconds, LeastWaitSeconds, MostWaitSeconds);
    }

    private static async Task<bool> IsCurrentAsync(StudyPlace place, RowsCall call, CancellationToken cancellationToken)
    {
        var json = await place.Results.Files.ReadBytesOrNullAsync(place.RecordPath, cancellationToken).ConfigureAwait(false);
        return json is not null && IsOfPlan(StudyRecordFile.FromJson(json), call);
    }

    private static bool IsOfPlan(StudyRecord? study, RowsCall call) =>
        study is { Plan: { } plan, Bases.Count: > 0 } && (call.Plan is null || call.Plan == plan);

    private static RunStudy RunStudyOf(StudyRecord study, CalledRow row, string identity) =>
        new(study.Input.Key, row.Name, row.N, identity) { ETag = study.Input.ETag };

    private static RowsAnswer Answer(RowsCall call, RowsRun run, bool isSuperseded) => new()
    {
        Rows = run.Left,
        Study = call.Study,
        Plan = call.Plan,
        Ticket = call.Ticket,
        Execution = call.Execution,
        Left = isSuperseded ? 0 : run.Left.Count,
        Wait = isSuperseded ? 0 : run.WaitSeconds,
        Status = isSuperseded ? "superseded" : "ran",
        Ended = run.Ended,
    };
}
