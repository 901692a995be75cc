using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>How far a run's figures can be trusted, and why there are none.</summary>
internal static partial class RunSentences
{
    // What is to be known of them

    public static string CompletedWithSevere(long count, string? first)
    {
        var (errors, them) = count == 1 ? ("error", "it") : ("errors", "them");
        var what = $"EnergyPlus completed with {Number(count)} severe {errors}; read {them} in the .err file before you trust the results.";
        return string.IsNullOrWhiteSpace(first) ? what : $"{what} The first: {Stopped(OneLine.Of(first, Longest - what.Length - 13))}";
    }

    /// <summary>Over what the figures are; null when it is one year, or when nothing tells.</summary>
    public static string? NotAYear(EnergySummary summary)
    {
        if (summary.HoursSimulated is not { } hours || hours <= 0) return null;
        var simulated = summary.Periods.Sum(period => period.Hours);
        if (simulated > hours)
            return $"Of {Number(simulated)} simulated hours the figures are of the last {Number(hours)}: EnergyPlus's tables "
                + "begin anew with the last year of a run period of two years or more.";
        return hours is 365 * 24 or 366 * 24 ? null : NotAYear(hours, summary.Periods);
    }

    private static string NotAYear(double hours, IReadOnlyList<SummaryPeriod> periods)
    {
        var which = periods is [var only] ? $" ({OneLine.Of(only.From, 12)} to {OneLine.Of(only.To, 12)})" : "";
        return $"The figures are of {Number(hours)} hours{which}, not of one year.";
    }

    public static string OtherPlace(string weather, string model) =>
        $"{OtherPlaceBegins}{OneLine.Of(weather, 60)}, but the model's Site:Location is {OneLine.Of(model, 60)}; {OtherPlaceEnds}";

    [SentencePart]
    public const string OtherPlaceBegins = "The weather is of ", OtherPlaceEnds = "EnergyPlus took the place of the weather.";

    public static string NotMet(double heating, double cooling) =>
        $"Setpoints were not met in {Number(Math.Round(heating + cooling))} occupied hours (heating {Number(Math.Round(heating))}, "
        + $"cooling {Number(Math.Round(cooling))}), more than the 300 that ASHRAE 90.1 allows; check the sizes of the systems, "
        + "their schedules and the thermostats.";

    // Why there are none

    public static string DesignDaysAsked(string? jobFile, string again) =>
        "Only the design days were simulated, as the job asks, so there are no yearly figures. For the whole year take design_day "
        + (jobFile is null ? "out of its options" : $"out of {OneLine.Of(jobFile, 60)}") + $" and {again}.";

    public static string DesignDaysWithoutWeather(string again) =>
        "Only the design days were simulated, because no weather file was given, so there are no yearly figures. "
        + $"For the whole year name one and {again}.";

    public static string DesignDaysByControl(string? jobFile, bool hasWeather, string again) =>
        "Only the design days were simulated, so there are no yearly figures: the model's SimulationControl "
        + $"says so. For the whole year {Annual(jobFile, hasWeather)} and {again}.";

    public static string DesignDaysWithoutPeriod(string again) =>
        "Only the design days were simulated, so there are no yearly figures: the model has no RunPeriod. "
        + $"For the whole year add one, from 1/1 to 12/31, and {again}.";

    public static string NothingByControl(string? jobFile, bool hasWeather, string again) =>
        "Nothing was simulated: the model's SimulationControl switches off all but sizing. For the whole year "
        + $"{Annual(jobFile, hasWeather)} and {again}.";

    public static string NothingWithoutPeriod(string again) =>
        $"Nothing was simulated, because the model has no RunPeriod. For the whole year add one, from 1/1 to 12/31, and {again}.";

    public static string TablesOff(string again) =>
        "There are no figures, because the model's OutputControl:Files switches off both the tables and the "
        + $".sql file that they are read from. Set one of these to Yes and {again}.";

    public static string TablesUnread(string style, string again) =>
        "There are no figures: OutputControl:Files switches off the .sql file, and OutputControl:Table:Style "
        + $"{OneLine.Of(style, 20)} is not read here. Set the first to Yes, or the second to HTML, and {again}.";

    public static string NoAnnualReport(string again) =>
        $"There are no figures: the model's Output:Table:SummaryReports lacks AnnualBuildingUtilityPerformanceSummary. Add it and {again}.";

    public static string NoTables { get; } =
        "There are no figures, because EnergyPlus wrote no table of the site energy; the .err file may tell why.";

    private static string Annual(string? jobFile, bool hasWeather) =>
        (jobFile is null ? "ask for an annual run" : $"put {{\"annual\": true}} into {OneLine.Of(jobFile, 60)}")
        + (hasWeather ? "" : ", a weather file beside it,");
}
