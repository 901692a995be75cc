using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>What a record and a page say of run periods side by side.</summary>
internal static partial class RunSentences
{
    public static string PeriodsApart(int periods) =>
        $"The {periods} run periods were simulated side by side and joined (parallel). Single records may differ a little from those of "
            + "one process, and sums of the tables by 0.01 for each period; segments of run.json names what is missing.";

    public static string InSegments(int segments, string names) =>
        $"These figures were simulated in {segments} parts side by side and added up: {OneLine.Of(names, 200).TrimEnd('.')}.";

    public static string PeriodsNotApart(string why) =>
        $"The run periods were simulated one after the other (parallel): {OneLine.Of(why, 200).TrimEnd('.')}.";

    public static string PeriodsNotCompleted(string why) =>
        $"The run periods were simulated side by side, which was not completed: {OneLine.Of(why, 120).TrimEnd('.')}. "
            + "They were simulated again as one run.";

    public static string PeriodsNotJoined(string why) =>
        $"The run periods were simulated side by side and could not be joined: {OneLine.Of(why, 120).TrimEnd('.')}. "
            + "They were simulated again as one run.";
}
