using System.Globalization;
using System.Text.RegularExpressions;

using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>What a record and a page say of a year in parts.</summary>
internal static partial class RunSentences
{
    public static string YearInParts(int parts, int leadIn, double percent, double kelvin, IReadOnlyList<string> apart) =>
        $"The year was simulated in {parts} parts and joined (parallel: year, lead-in {leadIn} days). {YearApart(percent, kelvin)} "
            + apart.Count switch
            {
                0 => "Warnings may be counted more than once; segments of run.json names what is missing.",
                1 => "One series differs, too: segments of run.json names it, and what is missing.",
                _ => $"{apart.Count} series differ, too: segments of run.json names them, and what is missing.",
            };

    public static string NoYearInParts { get; } = $"Nothing was simulated in parts (parallel: year): {EngineSentences.NoYear}.";

    /// <summary>Where the figures of a page stand.</summary>
    public static string InPartsOfYear(int parts, double percent, double kelvin, IReadOnlyList<string> apart) =>
        $"The year was simulated in {parts} parts side by side and joined. {YearApart(percent, kelvin)}"
            + (apart.Count == 0 ? "" : $" {Series(apart.Count)} there, and may for longer: {OneLine.Of(apart[0], 80)}.");

    public static string YearWhole(string why) =>
        $"The year was simulated whole (parallel: year): {OneLine.Of(why, 240).TrimEnd('.')}.";

    public static string YearTooFarApart(string date, string? meter, double percent, double kelvin)
    {
        var apart = meter is null
            ? "report no fuel that could be compared"
            : $"are apart, or would be by their end, by {Percent(percent)} % of the year's {OneLine.Of(meter, 40)} "
                + $"and {Kelvin(kelvin)} K of zone air";
        return $"The year was simulated in parts (parallel: year), which {apart} behind {OneLine.Of(date, 10)}: too far. "
            + "It was simulated again whole.";
    }

    public static string YearTankTooFarApart(string date, double kelvin) =>
        $"The year was simulated in parts (parallel: year), in which the tank of a water heater is {Kelvin(kelvin)} K apart behind "
            + $"{OneLine.Of(date, 10)}: too far. It was simulated again whole.";

    public static string YearNotJoined(string why) =>
        $"The year was simulated in parts (parallel: year) and could not be joined: {OneLine.Of(why, 120).TrimEnd('.')}. "
            + "It was simulated again whole.";

    public static string YearNotCompleted(string why) =>
        $"The year was simulated in parts (parallel: year), which did not complete: {OneLine.Of(why, 120).TrimEnd('.')}. "
            + "It was simulated again whole.";

    public static string PartsOfYearStopped { get; } =
        "The year was simulated in parts (parallel: year), and stopped before these were joined: there are no series and no tables.";

    /// <summary>Whether a notice says how parts of a run were simulated, or why there were none: the cache repeats it.</summary>
    public static bool IsOfParts(string notice) =>
        notice == NoYearInParts || notice.StartsWith("The year was simulated ", StringComparison.Ordinal) || IsOfPeriods().IsMatch(notice);

    /// <summary>
    /// Whether a notice of parts gives a reason of that one moment: processors, memory, disk or time that were wanting, or other jobs. The
    /// cache does not repeat it.
    /// </summary>
    public static bool IsOfMoment(string notice) => Passing().IsMatch(notice);

    [GeneratedRegex("^The (?:[0-9]+ )?run periods were simulated ")]
    private static partial Regex IsOfPeriods();

    [GeneratedRegex(
        ": (?:(?:no|only one) processor is free|there is only one processor for it"
        + "|-?[0-9]+ MB (?:of memory|on the local disk) are too little|-?[0-9]+ s are left"
        + "|other jobs of its batch|the local disk failed|one of them (?:was killed|needed more than its share)"
        + "|their databases could not be joined in time)")]
    private static partial Regex Passing();

    [SentencePart]
    private static string YearApart(double percent, double kelvin) =>
        $"Where two report the same days, energy differs by up to {Percent(percent)} % of the year if it lasts; "
            + $"zone air by {Kelvin(kelvin)} K.";

    [SentencePart]
    private static string Series(int count) =>
        count == 1 ? "One series that the model reports differs" : $"{count} series that the model reports differ";

    [SentencePart]
    private static string Percent(double value) => Math.Min(value, Largest).ToString("0.0000", CultureInfo.InvariantCulture);

    [SentencePart]
    private static string Kelvin(double value) => Math.Min(value, Largest).ToString("0.000", CultureInfo.InvariantCulture);
}
