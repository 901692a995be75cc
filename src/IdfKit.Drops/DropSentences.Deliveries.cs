namespace IdfKit.Drops;

/// <summary>What became of a delivery of an event, and of the claim of its run.</summary>
internal static partial class DropSentences
{
    // Deliveries

    internal static string MoreModelsWait(int models, string companion) =>
        $"{Count(models)} more models wait for {Url(companion)}; they are run when this event is delivered again.";

    internal static string AlreadyRun(string model, string results) =>
        $"{Url(model)} has been run already, with results in {Url(results).TrimEnd('.')}.";

    internal static string FolderOfAnother(string model, string other) =>
        $"{Key(model, 75)} was not run: the folder of its results holds those of {Key(other, 75)}, which came later or is all that can be "
            + "read; give each bucket of models a bucket of results.";

    internal static string RunsElsewhere(string model) => $"{Url(model)} is being run by another invocation.";

    internal static string MayBeDead(string model) =>
        $"{Url(model)} is being run by another invocation, of which no sign of life is seen; "
            + "this event is to be delivered again, in case that one is dead.";

    internal static string EventIsOld(string model) => $"Newer content of {Url(model)} has been taken up; this event is old.";

    internal static string OlderRunIsWriting(string model, string results) =>
        $"An older run of {Url(model)} is writing its results to {Url(results)}; the newer content is run when "
            + "this event is delivered again.";

    internal static string NoteTakenUp(string note) => $"The note {Url(note)} has been taken up already.";

    internal static string Stalled(string model, TimeSpan staged) =>
        $"Storage took {Number(Math.Round(staged.TotalSeconds, 1))} s to give what {Url(model)} needs, and the time that was left did not "
            + "suffice to simulate it; it is to be run again.";

    // Claims

    internal static string Superseded(string model) =>
        $"Another run of {Url(model)}, of newer content or after this one's claim had run out, took over; this one stopped.";

    internal static string ClaimNotRenewed(string model, string failure) =>
        $"The claim on {Url(model)} could not be renewed before it ran out, so the run stopped; "
            + $"it is to be run again. {Foreign(failure, 80)}";

    internal static string RecordGone(string path) =>
        $"The record {Key(path)} was removed while its run was under way, so the run stopped; it is to be run again.";

    internal static string RecordNotWritten(string path, int attempts, string failure) =>
        $"The record {Key(path, 80)} could not be written in {Count(attempts)} tries, so the run stopped; it is to be run again. "
            + Foreign(failure, 80);

    internal static string ConditionsRefused(string path) =>
        $"The store refuses conditional writes of {Key(path, 80)} though their condition holds, so no result can be kept; "
            + "the bucket's owner can see it with 'idfkit doctor --bucket' (on Ceph before 17, turn versioning off).";

    internal static string ResultAltered(string path) =>
        $"The result {Key(path)} was changed by an earlier run that was thought dead, so this run stopped; it is to be run again.";
}
