using System.Globalization;

using IdfKit.Engine;
using IdfKit.Runs;

namespace IdfKit.Studies;

/// <summary>What the page of a study says.</summary>
internal static partial class StudySentences
{
    // The page: its head

    [SentencePart]
    public static string OutcomeOf(int completed, int rows) => $"{Grouped(completed)} of {CountedVariants(rows)} completed";

    [SentencePart]
    public static string VariantsOf(int rows) => CountedVariants(rows);

    public static string PageOfRunning { get; } =
        "This page is of the moment in which it was made; a new one takes its place when all rows have ended.";

    [SentencePart]
    public static string UsageOf(RunUsage usage)
    {
        var time = usage.GbSeconds is { } spent ? string.Create(CultureInfo.InvariantCulture, $"{spent:#,0.0} GB-seconds, ") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{time}{usage.Puts:#,0} PUT, {usage.Gets:#,0} GET, {usage.Lists:#,0} LIST of these runs");
    }

    // The page: what did not complete

    public static string FailedRowsAgain { get; } =
        "Correct the cause in the model or in the row and drop the study again: rows that have changed run again, and 'idfkit study retry' "
            + "runs again those that have not.";

    // The page: without a script

    public static string NeedsScript { get; } =
        "The pictures, and all rows of the table, need JavaScript, which is switched off here; results.csv has all rows.";

    public static string MoreRows(int rows) => $"{Grouped(rows)} more rows are in results.csv.";

    public static string ColumnsLeftOut(int count, IReadOnlyList<string> names)
    {
        const int Most = 5;
        var shown = string.Join(", ", names.Take(Most).Select(name => OneLine.Of(name, 36))) + (names.Count > Most ? ", …" : "");
        return $"For {Grouped(count)} of the columns this page has no room ({shown}); results.csv has them.";
    }

    // The page: pictures

    public static string HowToBrush { get; } =
        "Each line is a variant. Drag along an axis to keep a range of it, drag the range to move it, and click it to drop it; "
            + "the picture and the table below follow.";

    /// <summary>What the script of the page says, with numbers in braces where values go.</summary>
    public static IEnumerable<(string Name, string Sentence)> OfScript =>
    [
        ("all", AllShown), ("some", SomeShown), ("sample", SampleDrawn), ("axes", AxesLeftOut), ("worth", HowWorth),
        ("worthLeft", WorthLeftOut), ("worthNone", WorthNothing), ("parallel", ParallelPicture), ("scatter", ScatterPicture),
        ("rows", RowsOfPage), ("none", NothingFound),
    ];

    public static string AllShown { get; } = "All {0} variants are shown.";

    public static string SomeShown { get; } = "{0} of {1} variants are shown.";

    public static string SampleDrawn { get; } = "Of {0} lines every {1}th is drawn.";

    public static string HowWorth { get; } =
        "Mean of {0} over all completed variants with that value. Where a study does not combine every value with every other one, "
            + "the others have a part in it.";

    public static string WorthLeftOut { get; } = "{0} more choices are worth less.";

    public static string WorthNothing { get; } = "No choice has two values among the completed variants.";

    public static string ParallelPicture { get; } = "{0} Lines across these axes: {1}.";

    public static string ScatterPicture { get; } =
        "{0} Each point is a variant: {1} across, from {2} to {3}; {4} up, from {5} to {6}.";

    public static string RowsOfPage { get; } = "Rows {0} to {1} of {2}.";

    public static string NothingFound { get; } = "No variant is like this.";

    public static string AxesLeftOut { get; } = "Of {0} columns the first {1} have an axis; the table has all.";

    private static string CountedVariants(int rows) => $"{Grouped(rows)} variant{(rows == 1 ? "" : "s")}";

    private static string Grouped(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
