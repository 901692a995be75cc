using IdfKit.Drops.Claims;
using IdfKit.Studies;
using IdfKit.Studies.Tables;

namespace IdfKit.Drops.Studies;

/// <summary>What an event of a study may do, given the record that lies there.</summary>
internal enum StudyVerdict
{
    /// <summary>Plan it.</summary>
    Plan,
    /// <summary>This very file has been planned for another execution.</summary>
    Duplicate,
    /// <summary>A newer file has been taken up.</summary>
    Superseded,
}

/// <summary>Which plan takes over from which, as one pure function: the table of docs/run-lifecycle.md.</summary>
internal static class StudyRules
{
    /// <param name="existing">The record that lies there; null: none.</param>
    /// <param name="study">The event.</param>
    /// <param name="execution">Who will run the plan; null: nobody has said.</param>
    /// <param name="isLeftToNobodyElse">
    /// Whether a plan that is under way may be of a dead attempt, which only this event would follow.
    /// </param>
    public static StudyVerdict Decide(StudyRecord? existing, DroppedObject study, string? execution, bool isLeftToNobodyElse)
    {
        if (existing is null) return StudyVerdict.Plan;
        var order = Order(study, existing);
        if (order != 0) return order > 0 ? StudyVerdict.Plan : StudyVerdict.Superseded;

        // The same execution tries again, and must have the same answer.
        if (execution is not null && execution == existing.Execution) return StudyVerdict.Plan;
        // What it waits for may be there now.
        if (existing.Status == StudyStatus.Waiting) return StudyVerdict.Plan;
        var lacksRows = existing.Status == StudyStatus.Collected && Unended(existing) > 0;
        // Rows that are run for both are claimed by one.
        if (isLeftToNobodyElse && existing.ToRun > 0 && (lacksRows || existing.Status is StudyStatus.Planned or StudyStatus.Running))
            return StudyVerdict.Plan;
        // No event, but somebody who asks for it.
        var isAsked = study.Sequencer is null && (lacksRows || existing.Status == StudyStatus.Refused);
        return isAsked ? StudyVerdict.Plan : StudyVerdict.Duplicate;
    }

    /// <summary>How many rows have not come to their end.</summary>
    public static int Unended(StudyRecord record) =>
        record.Counts.GetValueOrDefault(StudyContent.NotRun) + record.Counts.GetValueOrDefault("running");

    /// <summary>The order that is known of the same file; null: none.</summary>
    public static string? SequencerOf(StudyRecord? existing, DroppedObject study) =>
        existing is not null && Order(study, existing) == 0 ? existing.Sequencer : null;

    /// <summary>Positive when the file is newer than that of the record, 0 when it is the same one.</summary>
    private static int Order(DroppedObject study, StudyRecord existing)
    {
        if (study.Bucket == existing.Input.Bucket && study.Key.Value == existing.Input.Key)
            return ClaimRules.Order(study, existing.Input, existing.Sequencer);
        // Another file whose results go to the same folder, such as .study.json beside .study.csv: sequencers say nothing.
        return study.EventTime < existing.Input.LastModified ? -1 : 1;
    }
}
