using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>What the page of a run says.</summary>
internal static partial class RunSentences
{
    // The page: how it ended

    public static string SimulatedYear(string? place, string? kind) => $"The whole year was simulated{WithWeather(place, kind)}.";

    public static string SimulatedHours(double hours, string? first, string? last, string? place, string? kind)
    {
        var which = first is null || last is null ? "" : $" ({OneLine.Of(first, 12)} to {OneLine.Of(last, 12)})";
        return $"{Number(hours)} hours{which} were simulated{WithWeather(place, kind)}: the figures are of these, not of a year.";
    }

    public static string SimulatedDesignDays { get; } = "Only the design days were simulated.";

    public static string Warned(long warnings, long severe)
    {
        var kinds = $"{Counted(warnings, "warning")} and {Counted(severe, "severe error")}";
        return (warnings, severe) switch
        {
            ( <= 0, <= 0) => "EnergyPlus complained of nothing.",
            (1, <= 0) => "EnergyPlus gave one warning, and it is not severe.",
            (_, <= 0) => $"EnergyPlus gave {Counted(warnings, "warning")}, none of them severe.",
            _ => $"EnergyPlus gave {kinds}.",
        };
    }

    public static string Replayed { get; } =
        "This run was not simulated here: a recorded run of the same model and weather was replayed.";

    public static string TakenFromCache(string key, DateTimeOffset begun) =>
        $"Nothing was simulated: an equal run had made these results before, that of {End(key, 120)}, begun on {Moment(begun)}.";

    public static string StillRunning { get; } = "The run has not ended yet; this page is of the state in which it was made.";

    public static string EndedSilently { get; } =
        "The run did not complete, and its record does not say why; the .err file may tell, if there is one.";

    public static string NoReport { get; } =
        "report.html could not be made of this run; its results are whole all the same, and run.json and eplustbl.htm have the figures.";

    // The page: what to do

    public static string RunsWhenThere { get; } = "The model runs by itself as soon as one of these is there.";

    public static string RunsAgain(string again) =>
        $"When the cause is mended, {again}; the next run has a page of its own in place of this one.";

    public static string WhereInModel(string subject, int? line) =>
        $"In the model look at {OneLine.Of(subject, 160).TrimEnd('.')}{InLine(line)}.";

    public static string AtLineOfModel(int line) => $"In the model look at line {line}.";

    public static string NothingSaid { get; } = "EnergyPlus complained of nothing, and nothing else is known to be wrong.";

    public static string NothingRead { get; } = "What EnergyPlus said is not known: its .err file was not there to be read.";

    public static string MoreSaid(int kinds) =>
        $"{Counted(kinds, "more kind")} of messages {(kinds == 1 ? "is" : "are")} not shown; the .err file has all of them.";

    // The page: figures

    public static string NotAmongResults(IReadOnlyList<string> what) =>
        $"The results of this run do not tell: {Listed(what)}.";

    public static string NotByMonth(IReadOnlyList<string> uses) =>
        $"Not in this picture, because the results have no figures by month: {Listed(uses)}.";

    public static string GoodBand(double from, double to) =>
        $"The green band is {Number(from)} to {Number(to)} °C; the thick bar holds 90 % of the hours, the thin line all of them.";

    public static string ZonesLeftOut(int shown, int all) =>
        $"Of {Number(all)} zones these {Number(shown)} go farthest beyond the band.";

    public static string RowsLeftOut(int count) =>
        count == 1 ? "One more row is not shown." : $"{Number(count)} more rows are not shown.";

    public static string OfOnePeriod(string title, int all) =>
        $"Of the run period {OneLine.Of(title, 80).TrimEnd('.')} alone, the longest of {Number(all)}.";

    public static string MonthsLeftOut { get; } = "Only the first twelve months are shown.";

    public static string HoursLeftOut { get; } = "Only the first year is shown.";

    // The page: files, and how it was made

    public static string FilesLeftOut(int count) =>
        $"{Counted(count, "more file")} {(count == 1 ? "lies" : "lie")} in the same folder; the record names all of them.";

    public static string ObjectsAdded(int count) =>
        $"{Counted(count, "object")} {(count == 1 ? "was" : "were")} added to the copy that was simulated; your file is as it was.";

    public static string Costs(double dollars, int megabytes) =>
        $"About ${DollarsOf(dollars)} on AWS Lambda with {Number(megabytes)} MB, at its list price.";

    private static string DollarsOf(double dollars) => dollars switch
    {
        < 0.0001 => "0.0001 or less",
        < Largest => dollars.ToString("0.####", CultureInfo.InvariantCulture),
        _ => "?",
    };

    private static string WithWeather(string? place, string? kind)
    {
        if (string.IsNullOrWhiteSpace(place)) return "";
        var data = string.IsNullOrWhiteSpace(kind) ? "" : $" ({OneLine.Of(kind, 20)})";
        return $" with the weather of {OneLine.Of(place, 80).TrimEnd('.')}{data}";
    }

    private static string Counted(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>As many as there is room for.</summary>
    private static string Listed(IReadOnlyList<string> what)
    {
        const int Most = 7;
        var shown = what.Take(Most).Select(one => OneLine.Of(one, 24).Trim('.', ' ')).Where(one => one.Length > 0).ToArray();
        return string.Join(", ", shown) + (what.Count > Most ? $" and {what.Count - Most} more" : "");
    }
}
