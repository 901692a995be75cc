using IdfKit.Drops.Notes;
using IdfKit.Runs.Staging;
using IdfKit.Studies;

namespace IdfKit.Drops.Studies;

/// <summary>A dropped study that the function plans, runs and collects in one invocation, or in several where the time is over.</summary>
/// <param name="parts">What it works with.</param>
/// <param name="delivery">The invocation.</param>
internal sealed class StudyByItself(StudyParts parts, Delivery delivery)
{
    private const int MostAgain = 20; // each one needs another file to have arrived

    /// <summary>Runs a study.</summary>
    /// <exception cref="RunDeferredException">Rows are left: the event is to be delivered again.</exception>
    public async Task<RunResult> RunAsync(DroppedObject drop, IProgress<RunResult>? progress, CancellationToken cancellationToken)
    {
        var planner = new StudyPlanner(parts)
        {
            MostRows = parts.Settings.Studies.MostRowsByItself, IsLeftToNobodyElse = true, MemoryMegabytes = delivery.MemoryMegabytes,
        };
        var plan = await planner.PlanAsync(drop, delivery.RequestId, cancellationToken).ConfigureAwait(false);
        // A file's own event looks for studies that wait. One that came before this record was written has found none, so it is looked
        // for here.
        for (var again = 0; again < MostAgain && await HasArrivedAsync(drop, plan, cancellationToken).ConfigureAwait(false); again++)
            plan = await planner.PlanAsync(drop, delivery.RequestId, cancellationToken).ConfigureAwait(false);
        var answer = plan.Answer;
        if (answer.Status != "planned") return ResultOf(answer.Status, answer.Message, answer.Study);

        var rows = new StudyRows(parts, delivery) { Progress = progress };
        var call = new RowsCall
        {
            Rows = [.. plan.Calls.SelectMany(ticket => ticket.Rows)],
            Study = answer.Study!,
            Plan = answer.Plan,
            Execution = delivery.RequestId,
        };
        var ran = call.Rows.Count > 0
            ? await rows.RunAsync(call, parts.Settings.Studies.RowsAtOnce, cancellationToken).ConfigureAwait(false)
            : null;
        var collector = new StudyCollector(parts) { MemoryMegabytes = delivery.MemoryMegabytes };
        var collected = await collector.CollectAsync(
            new(answer.Study!) { Plan = answer.Plan, Execution = delivery.RequestId }, cancellationToken).ConfigureAwait(false);
        if (ran is { Left: > 0 and var left }) throw new RunDeferredException(DropSentences.RowsAreLeft(drop.Url, left));
        return ResultOf(ran?.Status == "superseded" ? ran.Status : collected.Status, collected.Message, answer.Study);
    }

    /// <summary>Says of a study that its event was given up, in its record, with the table of what there is.</summary>
    /// <exception cref="Storage.StorageException">Storage failed: the record is not written.</exception>
    public async Task<RunResult> GiveUpAsync(DroppedObject drop, GivenUp why, CancellationToken cancellationToken)
    {
        var place = StudyPlace.Of(parts.ResultsOf(drop.Bucket), drop.Key);
        using var workspace = Workspace.Create(parts.Settings.WorkDirectory, "plan-" + Guid.NewGuid().ToString("N"));
        var claim = new StudyClaim(place, workspace);
        var message = DropSentences.GaveUp(drop.Url, why);
        var found = await claim.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (found?.Input is { } other && other.Bucket != drop.Bucket)
            return ResultOf("refused", DropSentences.StudyFolderOfAnother(drop.Url, S3Url.Of(other.Bucket, other.Key)), url: null);
        if (found is { Plan: not null, Status: StudyStatus.Planned or StudyStatus.Running })
        {
            await new StudyCollector(parts).CollectAsync(new(place.Url) { Plan = found.Plan }, cancellationToken).ConfigureAwait(false);
            found = await claim.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        var record = found switch
        {
            null => new() { Status = StudyStatus.Refused, Input = new(drop.Bucket, drop.Key.Value), Sequencer = drop.Sequencer },
            { Status: StudyStatus.Collected } when StudyRules.Unended(found) > 0 => found,
            _ => null, // it has ended, or waits
        };
        if (record is not null)
            await claim.TryWriteAsync(record with { Message = message }, cancellationToken).ConfigureAwait(false);
        return ResultOf("refused", record is null ? found!.Message ?? message : message, place.Url);
    }

    private async Task<bool> HasArrivedAsync(DroppedObject drop, MadePlan plan, CancellationToken cancellationToken) =>
        plan.Missing.Count > 0
        && await WaitingModels.ArrivedAsync(
            parts.Buckets.Open(drop.Bucket), plan.Missing, refused: null, cancellationToken).ConfigureAwait(false) is not null;

    private static RunResult ResultOf(string status, string message, string? url) => new(
        status switch
        {
            "duplicate" => RunResultKind.Duplicate,
            "superseded" => RunResultKind.Superseded,
            _ when url is null => RunResultKind.Ignored,
            _ => RunResultKind.Committed,
        }, message)
    {
        OutputUrl = url,
    };
}
