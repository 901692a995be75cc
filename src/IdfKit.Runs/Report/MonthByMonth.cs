using IdfKit.Engine;
using IdfKit.Runs.Charts;
using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>Energy by month: bars of the uses, and a table of uses and fuels.</summary>
internal static class MonthByMonth
{
    private const int MostMonths = 12, LongestName = 60;

    /// <summary>Whether there is anything to show.</summary>
    public static bool IsKnown(ReportFacts facts) => facts.Months?.Uses.Any(use => use.KilowattHours.Any(IsShown)) is true;

    public static void Write(HtmlWriter html, ReportFacts facts, int most)
    {
        if (!IsKnown(facts) || facts.Months is not { } months) return;
        var uses = months.Uses.Where(use => use.KilowattHours.Any(IsShown)).OrderByDescending(Sum).ToArray();
        var labels = Labels(months.First, Math.Min(MostMonths, uses.Max(use => use.KilowattHours.Count)));
        var largest = Enumerable.Range(0, labels.Length).Max(at => uses.Sum(use => ValueOf(use, at)));
        var (unit, divisor) = largest < 10_000 ? ("kWh", 1.0) : ("MWh", 1000.0);
        var series = Series(uses, divisor, labels.Length, most);

        html.Write($"""<h2>Month by month, {unit}</h2><ul class="legend">""");
        foreach (var one in series) html.Write($"""<li><i class="sw {one.Colour}"></i>{one.Name}</li>""");
        html.Write("</ul>\n");
        new StackedBars(labels, series, unit).Write(html, $"Energy by month and use, {unit}; the table below has the figures");
        PeriodNote.Write(html, facts.MeteredPeriod);
        if (months.IsCut) html.Write($"""<p class="note">{RunSentences.MonthsLeftOut}</p>""");
        var absent = Absent(facts, months);
        if (absent.Length > 0) html.Write($"""<p class="note">{RunSentences.NotByMonth(absent)}</p>""");
        WriteTable(html, labels, uses, most);
    }

    private static bool IsShown(double value) => double.IsFinite(value) && value != 0;

    private static double ValueOf(MonthlyUse use, int at) =>
        at < use.KilowattHours.Count && double.IsFinite(use.KilowattHours[at]) ? use.KilowattHours[at] : 0;

    private static double Sum(MonthlyUse use) => use.KilowattHours.Take(MostMonths).Where(double.IsFinite).Sum();

    private static string[] Labels(DateOnly first, int count)
    {
        // of a year that has no days that are special, and no end
        var month = new DateOnly(2001, first.Month, 1);
        return [.. Enumerable.Range(0, count).Select(at => ReportWords.Month(month.AddMonths(at)))];
    }

    /// <summary>A colour for each use, whatever its fuels; uses for which there is no colour together.</summary>
    private static List<BarSeries> Series(MonthlyUse[] uses, double divisor, int count, int most)
    {
        var colours = UseColours.Of(uses.Select(use => use.Use).Distinct().Take(most));
        var groups = uses.GroupBy(use => colours.GetValueOrDefault(use.Use, UseColours.Rest) == UseColours.Rest ? "other_uses" : use.Use);
        return [.. groups.Select(group => new BarSeries(
            NameOf(group.Key, group.Select(use => ReportWords.Fuel(use.Fuel)).Distinct()),
            colours.GetValueOrDefault(group.Key, UseColours.Rest),
            [.. Enumerable.Range(0, count).Select(at => group.Sum(use => ValueOf(use, at)) / divisor)]))];
    }

    private static string NameOf(string use, IEnumerable<string> fuels)
    {
        var others = fuels.Where(fuel => fuel != "electricity").Take(3).ToArray();
        var isElectric = fuels.Contains("electricity");
        var name = ReportWords.Use(use);
        if (others.Length > 0) name += $" ({string.Join(", ", isElectric ? ["electricity", .. others] : others)})";
        return OneLine.Of(name, LongestName);
    }

    /// <summary>Uses that the year's figures have and the months lack.</summary>
    private static string[] Absent(ReportFacts facts, MonthlyEnergy months)
    {
        var there = months.Uses.Select(use => use.Use).ToHashSet(StringComparer.Ordinal);
        var yearly = facts.Summary?.EndUsesGj ?? [];
        return [.. yearly.Where(use => !there.Contains(use.Key) && use.Value.Values.Sum() > 0).Select(use => ReportWords.Fuel(use.Key))];
    }

    private static void WriteTable(HtmlWriter html, string[] labels, MonthlyUse[] uses, int most)
    {
        html.Write("""<details><summary>The figures as a table, kWh</summary><div class="scroll" tabindex="0" role="region" """);
        html.Write("""aria-label="By month"><table><thead><tr><th scope="col">Use</th>""");
        NumberCells.WriteHeads(html, [.. labels, "All"]);
        html.Write("</tr></thead><tbody>");
        foreach (var use in uses.Take(Math.Min(most, 24)))
        {
            html.Write($"""<tr><th scope="row">{ReportWords.Use(use.Use)}, {ReportWords.Fuel(use.Fuel)}</th>""");
            NumberCells.Write(html, labels.Select((_, at) => NumberText.Fixed(ValueOf(use, at))));
            NumberCells.Write(html, NumberText.Fixed(Sum(use)));
            html.Write("</tr>");
        }
        html.Write("</tbody></table></div></details>\n");
    }
}
