using System.Globalization;

namespace IdfKit.Engine;

/// <summary>Why a year is not divided: the rest of a sentence that begins with what was asked for.</summary>
internal static partial class EngineSentences
{
    [SentencePart]
    internal static string NoYear { get; } = "the model simulates no period of a weather file";

    [SentencePart]
    internal static string PeriodsFirst { get; } = "the model has several run periods; ask for 'periods' instead";

    [SentencePart]
    internal static string Remembers(string className, string why) => $"the model has {OneLine.Of(className, LongestName)}: {why}";

    [SentencePart]
    internal static string NotOfSegments(string className) =>
        $"the model has {OneLine.Of(className, LongestName)}, of which parts of a year cannot be joined";

    [SentencePart]
    internal static string ReadsOtherwise(string className, string word) =>
        $"the model has {OneLine.Of(className, LongestName)}, which reads {OneLine.Of(word, LongestName)}: "
            + "parts of a year have another one";

    [SentencePart]
    internal static string ReportedBySchedule(string variable) =>
        $"the model reports {OneLine.Of(variable, LongestName)} by a schedule, and parts are compared by all of its hours";

    [SentencePart]
    internal static string NotClosed { get; } = "the last object of the model has no semicolon at its end";

    [SentencePart]
    internal static string UnclearYear { get; } = "the dates of its run period are not plain ones, or are a 29 February";

    [SentencePart]
    internal static string SeveralYears { get; } = "its run period is longer than a year";

    [SentencePart]
    internal static string ActualWeather { get; } = "its run period treats the weather as that of the real years";

    [SentencePart]
    internal static string UnclearWeekday { get; } = "the weekday on which its run period begins is not one, or not that of its year";

    [SentencePart]
    internal static string RulesOfYear { get; } =
        "its run period goes over new year, behind which holidays and daylight saving by weekday stay those of the first year";

    [SentencePart]
    internal static string UnclearShading { get; } = "the update frequency of its ShadowCalculation is not a whole number of days";

    [SentencePart]
    internal static string LeapWeather { get; } = "the weather file has a 29 February";

    [SentencePart]
    internal static string SoonDone(double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"it is a small model, and a run of less than {seconds:0.#} s would gain nothing");

    [SentencePart]
    internal static string EarlierVersion(string earliest) => $"the model is run by an EnergyPlus before {earliest}";

    [SentencePart]
    internal static string NoSeries { get; } = "the model keeps EnergyPlus from writing .eso, .mtr or .eio, of which the year is joined";

    [SentencePart]
    internal static string NoFuel { get; } = "the model has nothing that is known to use energy, by which parts could be compared";

    [SentencePart]
    internal static string NoTimeToJoin { get; } = "their databases could not be joined in time";

    [SentencePart]
    internal static string NotSteady { get; } =
        "days of the weather file or HVAC are simulated for sizing, too, of which parts cannot be joined";

    [SentencePart]
    internal static string NotComplete(string file) => $"{OneLine.Of(file, LongestName)} of one part has not every day that it simulated";

    /// <summary>A line of the <c>.err</c> file.</summary>
    internal static string CountsOfParts(int parts) =>
        $"The year was simulated in {parts} parts: each message stands once, and counts are not those of one run.";

    [SentencePart]
    internal static string OtherFigures { get; } = "the tables of a part have energy that its meters do not have";

    [SentencePart]
    internal static string NoTimeTwice(double left, double expected) => string.Create(CultureInfo.InvariantCulture,
        $"{left:0} s are left, and should parts differ, it would be simulated again whole, in up to {expected:0} s");

    [SentencePart]
    internal static string NotWorthParts(int days) => $"parts of its {days} days would simulate too many days twice";
}
