using System.Collections.ObjectModel;

using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Runs;

/// <summary>What the record of the run comes to say.</summary>
internal sealed partial class ModelRun
{
    private RunEngine Chosen =>
        new(Installation.Version.ToString(), Installation.Build, Installation.IsReplay) { Confinement = engines.Confinement };

    private void Notice(IEnumerable<string> sentences) =>
        Record = Record with { Notices = [.. Record.Notices, .. sentences.Where(sentence => sentence.Length > 0)] };

    /// <summary>Says in the record what was not kept.</summary>
    public void Tell(LeftBehind behind) => Notice(behind.Sentences());

    /// <summary>Takes over how an earlier run of the same ended, and names it: its results are this one's.</summary>
    public void TakeFrom(RunRecord made)
    {
        Record = Taken(made);
        Notice(made.Notices.Where(Repeats));
    }

    /// <summary>
    /// The notices of an earlier run of the same whose record is to be this one's: what it says of parts only where this one asks for them,
    /// and not of that moment; and what this one says of parts itself.
    /// </summary>
    public IReadOnlyList<string> NoticesOf(RunRecord made)
    {
        List<string> own = [.. Record.Notices.Where(RunSentences.IsOfParts)];
        var taken = made.Notices.Where(notice => !RunSentences.IsOfParts(notice) || own.Contains(notice) || Repeats(notice));
        return [.. taken, .. own.Except(made.Notices)];
    }

    private bool Repeats(string notice) => Request.MaySplit && RunSentences.IsOfParts(notice) && !RunSentences.IsOfMoment(notice);

    private RunRecord Taken(RunRecord made) => Record with
    {
        Status = made.Status,
        Message = made.Message,
        Engine = made.Engine,
        ExitCode = made.ExitCode,
        Diagnostics = made.Diagnostics,
        MessageGroups = made.MessageGroups,
        Summary = made.Summary,
        Migration = made.Migration,
        Segments = made.Segments,
        ResultsOf = new(made.RunId, made.Input.Bucket, made.Input.Key, made.StartedAt),
    };

    /// <summary>The record of a run that was not started.</summary>
    public RunRecord Reject(Rejection rejection) => Record = Record with
    {
        Status = RunStatus.Rejected,
        Reason = rejection.Reason,
        Message = rejection.Message,
        Missing = rejection.Missing,
        Risks = rejection.Risks,
    };

    /// <summary>The record of a run that no attempt has brought to an end.</summary>
    /// <param name="message">Why, in one sentence.</param>
    /// <param name="status">How it ended.</param>
    public RunRecord GiveUp(string message, RunStatus status = RunStatus.Failed) => Record = Record with
    {
        Status = status,
        Reason = RunReason.GaveUp,
        Message = message,
    };

    /// <summary>Forgets the tags of the job file: nothing that is written from now on bears them.</summary>
    public void DropTags() => Record = Record with { Tags = ReadOnlyDictionary<string, string>.Empty };

    /// <summary>What the run has taken until its record is written for the last time, which is counted in advance.</summary>
    /// <param name="counts">Its requests.</param>
    /// <param name="memoryMegabytes">What the function has; null outside Lambda.</param>
    public RunUsage UsageOf(RequestCounts counts, int? memoryMegabytes)
    {
        var gbSeconds = memoryMegabytes / 1024.0 * watch.TotalMs / 1000.0;
        return new(counts.Puts + 1, counts.Gets, counts.Lists, counts.Deletes, counts.BytesIn, counts.BytesOut,
            gbSeconds is { } known ? Math.Round(known, 3) : null);
    }

    /// <summary>Notes how long publishing took.</summary>
    public void Published() => Record = Record with { TimingsMs = Record.TimingsMs with { Upload = watch.LapMs() } };

    /// <summary>The record once its files have been published.</summary>
    public RunRecord Finish(IReadOnlyList<RunFile> files, DateTimeOffset now) => Record = Finished(files, now);

    private RunRecord Finished(IReadOnlyList<RunFile> files, DateTimeOffset now) => Record with
    {
        Phase = null,
        Files = files,
        FinishedAt = now,
        ExpiresAt = null,
        TimingsMs = Record.TimingsMs with { Total = watch.TotalMs },
    };
}
