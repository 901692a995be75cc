using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>What of the results was not made or not kept.</summary>
internal static partial class RunSentences
{
    // Not made

    public static string NoCsv { get; } =
        "There is no .csv of the variables: the model's OutputControl:Files switches off the .eso file from which readvars makes it.";

    public static string SeriesTooLarge(string what) =>
        $"The series were not written as Parquet: the run left {OneLine.Of(what, 100)}. They are in the .eso and .mtr files; "
            + "report less often or fewer variables for Parquet.";

    public static string SeriesUnreadable { get; } =
        "The series were not written as Parquet: the .eso, .mtr or .sql file of the run does not begin like one, or is broken.";

    public static string SeriesNotMade(string fault) =>
        $"The series were not written as Parquet: {OneLine.Of(fault, 160).TrimEnd('.')}. They are in the .eso, .mtr and .sql files.";

    public static string SeriesLeftForDeadline { get; } =
        "The series were not written as Parquet, since the deadline left no time for it; they are in the .eso and .mtr files.";

    // Not kept

    public static string LeftUnknown(int count, string? example) =>
        $"The run left {Many(count, "file", "files", example)} that EnergyPlus itself does not write, which were not kept; name under "
        + "outputs in the job file what is to be kept. A run.json, summary.json, progress.json or report.html never is.";

    public static string LeftNoFile(int count, string? example) =>
        $"The run left {Many(count, "entry", "entries", example)} in the folder of its results that are no plain files but folders, links, "
        + "pipes or the like; none was kept.";

    public static string LeftBadName(int count, string? example) =>
        $"The run left {Many(count, "file", "files", example)} under names that no result can have; none was kept.";

    public static string LeftTooLarge(int count, string? example) =>
        $"The run left {Many(count, "file", "files", example)} larger than 16 GiB, which were not kept; ask for fewer output variables.";

    public static string LeftTooLate(int count, string? example) =>
        $"The run left {Many(count, "file", "files", example)} too large to be stored before its deadline; ask for fewer output variables.";

    public static string LeftTooMany(int count) =>
        $"The run left more files than are kept; {Many(count, "file", "files", null)} and perhaps more were left out.";

    public static string LeftInOthersFolder(int count, string? example) =>
        $"The run left {Many(count, "file", "files", example)} in a folder of another model's results; none was kept.";

    public static string LeftAltered(int count, string? example) =>
        $"Of the run's results {Many(count, "file", "files", example)} could not be read or were altered while they were stored, and were "
        + "not kept; run the model again.";

    public static string LeftOut(string what) => $"Left out to keep this record small: {what}.";

    private static string Many(int count, string one, string more, string? example) =>
        $"{Number(count)} {(count == 1 ? one : more)}{(example is null ? "" : $" (such as '{OneLine.Of(example, 60)}')")}";
}
