using System.Text.Json;

using IdfKit.Runs.Staging;
using IdfKit.Simulation;
using IdfKit.Studies;
using IdfKit.Studies.Reading;
using IdfKit.Studies.Tables;

namespace IdfKit.Drops.Studies;

/// <summary>The call <c>collect</c>: one table and one page of what is there, whatever happened before.</summary>
/// <param name="parts">What it works with.</param>
internal sealed class StudyCollector(StudyParts parts)
{
    /// <summary>The function's memory, for what this costs; null: it is none.</summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary>Writes table and page, and then the record that tells of them.</summary>
    /// <exception cref="StudyCallException">There is no study.</exception>
    /// <exception cref="IdfKit.Storage.StorageException">Storage failed.</exception>
    public async Task<CollectAnswer> CollectAsync(CollectCall call, CancellationToken cancellationToken)
    {
        var usage = OwnUsage.Begin(parts.Time, MemoryMegabytes);
        var place = parts.PlaceOf(call.Collect ?? "");
        using var workspace = Workspace.Create(parts.Settings.WorkDirectory, "collect-" + Guid.NewGuid().ToString("N"));
        var claim = new StudyClaim(place, workspace);
        await claim.ReadAsync(cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; attempt <= StudyClaim.Attempts; attempt++)
        {
            if (claim.Record is not { } record) throw new StudyCallException(DropSentences.NoFolderOfStudy(place.Url));
            var superseded = new CollectAnswer("superseded", DropSentences.PlanIsOld(place.Url)) { Study = place.Url };
            if (record.Plan is not { } plan) return superseded;
            var isOld = call.Plan is not null && call.Plan != plan;
            // A newer plan that took over while the table was written may have its own written over: it is made again.
            if (isOld && attempt == 1) return superseded;
            var collected = await CollectAsync(place, record, plan, call, cancellationToken).ConfigureAwait(false);
            collected = collected with { OwnUsage = usage.AddedTo(record.OwnUsage) };
            // Who has written meanwhile may have seen more, or less: the table is made anew.
            if (!await claim.TryWriteAsync(collected, cancellationToken).ConfigureAwait(false)) continue;
            if (isOld) return superseded;
            if (collected.Status == StudyStatus.Collected)
                await new OldPlans(place, parts.Time).RemoveAsync(plan, cancellationToken).ConfigureAwait(false);
            return Answer(place, collected);
        }
        throw new RunDeferredException(DropSentences.StudyContested(place.Url));
    }

    private async Task<StudyRecord> CollectAsync(
        StudyPlace place, StudyRecord record, string plan, CollectCall call, CancellationToken cancellationToken)
    {
        var files = place.Results.Files;
        var copy = place.CopyPath(plan, ObjectKey.FromText(record.Input.Key));
        var bytes = await files.ReadBytesAsync(copy, cancellationToken).ConfigureAwait(false);
        var study = new StudyReader(new StoredPlace(files, copy, LocalPath: null), new()).ReadUnchecked(bytes);
        var planned = await files.ReadBytesAsync(place.PlanPath(plan), cancellationToken).ConfigureAwait(false);
        var identities = Identities(planned);
        var made = await StudyResults.MakeAsync(study, place.Output, record, identities, cancellationToken).ConfigureAwait(false);
        // Of a plan that has started nothing nobody waits for the rest.
        if (IsHeld(made)) return made with { Status = record.Status, Message = record.Message, FinishedAt = null };
        // The caller says that the rows are over, also where one of them died in the middle.
        var isOver = call.Execution is not null && call.Execution == record.Execution;
        return isOver ? made with { Status = StudyStatus.Collected, FinishedAt = parts.Time.GetUtcNow() } : made;
    }

    /// <summary>What the rows that the plan started must have been run as.</summary>
    private static Dictionary<string, string> Identities(byte[] plan)
    {
        var calls = JsonSerializer.Deserialize(plan, CallJson.Readable.IReadOnlyListRowsCall) ?? [];
        return calls.SelectMany(call => call.Rows).Where(row => row.Identity is not null)
            .ToDictionary(row => row.Name, row => row.Identity!, StringComparer.Ordinal);
    }

    private static bool IsHeld(StudyRecord record) => record.ToRun == 0 && StudyRules.Unended(record) > 0;

    private static CollectAnswer Answer(StudyPlace place, StudyRecord record)
    {
        var unended = StudyRules.Unended(record);
        string UrlOf(string name) => S3Url.Of(place.Results.Bucket, place.At(name));
        return new("collected", record.Message ?? "")
        {
            Study = place.Url,
            Rows = record.Rows,
            Ended = record.Counts.Where(count => count.Key is not (StudyContent.NotRun or "running")).ToDictionary(),
            NotRun = IsHeld(record) ? 0 : unended,
            Table = UrlOf(StudyRecordFile.CsvName),
            Page = UrlOf(StudyRecordFile.PageName),
            Mail = StudyMail.Of(place, record, IsHeld(record)),
        };
    }
}
