using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Drops;

/// <summary>What a modeller reads of a model that was given up: what became of the last attempt, and who can put that right.</summary>
internal static partial class DropSentences
{
    internal static string GaveUp(string model, GivenUp why)
    {
        var attempts = why.Attempts switch { null or < 1 => "", 1 => " after one attempt", { } many => $" after {Count(many)} attempts" };
        return $"{Key(model, 70)} was given up{attempts}: {What(why)}; {Who(why.Cause)}.";
    }

    private static string What(GivenUp why) => why.Cause switch
    {
        GivenUpCause.TimedOut => $"the function was stopped{After(why)}",
        GivenUpCause.Killed => "the function was killed, as happens when its memory runs out",
        GivenUpCause.Exited => "the function's process ended" + Because(why, 80),
        GivenUpCause.TooOld =>
            $"it waited {(why.After is { } waited ? $"for {Duration(waited)}" : "too long")}, "
                + "as happens when more models come than may run",
        GivenUpCause.NotDelivered => "its event could not be delivered" + Because(why, 85),
        GivenUpCause.Denied => "the function may not do what a run needs" + Because(why, 75),
        GivenUpCause.JobFailed => "its job on AWS Batch failed" + Because(why, 85),
        GivenUpCause.Failed => "the function failed" + Because(why, 95),
        _ => "every attempt failed or was stopped",
    };

    private static string Who(GivenUpCause cause) => cause switch
    {
        GivenUpCause.TimedOut => "the function's owner can raise Timeout or use AWS Batch. Then drop the model again",
        GivenUpCause.Killed => "the function's owner can raise MemorySize. Then drop the model again",
        GivenUpCause.TooOld => "drop it again when fewer wait, or ask the function's owner for Queue or a higher ReservedConcurrency",
        GivenUpCause.Denied => "the function's owner can let its role do so. Then drop the model again",
        GivenUpCause.Exited or GivenUpCause.Unknown => "the function's owner finds why in its log. Then drop the model again",
        _ => "the function's owner can put that right. Then drop the model again",
    };

    private static string After(GivenUp why) => why.After is { } after ? $" after {Duration(after)}" : " because its time was over";

    private static string Because(GivenUp why, int longest) =>
        string.IsNullOrWhiteSpace(why.Said) ? "" : $" ({OneLine.Of(why.Said, longest).TrimEnd('.')})";

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? $"{time.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} h"
        : $"{Number(Math.Round(time.TotalSeconds, 1))} s";
}
