using IdfKit.Runs.Charts;
using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>Electric power as a carpet of days and hours, and a table of its months.</summary>
internal static class EveryHour
{
    private const int WholeYear = 365, FewDays = 62, LeastDaysOfLabel = 10;

    public static void Write(HtmlWriter html, ReportFacts facts)
    {
        if (facts.Electricity is not { } power) return;
        var days = new PowerDays(power);
        if (Carpet.Png(days.Watts) is not { } image || days.Highest is not var (most, day, hour)) return;

        var (least, highest) = (NumberText.Short(days.Least / 1000), NumberText.Short(most / 1000));
        html.Write($"<h2>Electric power, {(days.Count >= WholeYear ? "every hour of the year" : "hour by hour")}</h2>");
        html.Write("""<div class="carpet"><div class="hours" aria-hidden="true">""");
        html.Write("<span>24 h</span><span>12 h</span><span>0 h</span></div>");
        html.Write($"""<img alt="Electric power of {days.Count} days by hour: from {least} kW to {highest} kW, """);
        html.Write($"""the highest on {ReportWords.Hour(day, hour)}; the table below has it by month" """);
        html.Write("src=\"data:image/png;base64,").WriteBase64(image).Write("\"/>");
        html.Write("""<span></span><svg class="axis" aria-hidden="true">""");
        foreach (var (place, label) in Labels(days))
            html.Write($"""<text x="{place:0.#}%" y="13" text-anchor="middle">{label}</text>""");
        html.Write($"""</svg></div><p class="key" aria-hidden="true"><span>{least} kW</span><b></b><span>{highest} kW</span></p>""");
        PeriodNote.Write(html, facts.MeteredPeriod);
        if (days.IsCut) html.Write($"""<p class="note">{RunSentences.HoursLeftOut}</p>""");
        WriteTable(html, days);
    }

    /// <summary>Names of months at their middle; of a few weeks some days.</summary>
    private static IEnumerable<(double Place, string Label)> Labels(PowerDays days)
    {
        if (days.Count > FewDays)
        {
            foreach (var (first, count) in days.Months().Where(month => month.Days >= LeastDaysOfLabel))
                yield return ((first + count / 2.0) / days.Count * 100, ReportWords.Month(days.Day(first)));
            yield break;
        }
        var step = (days.Count + 5) / 6;
        for (var at = 0; at < days.Count; at += step) yield return ((at + 0.5) / days.Count * 100, ReportWords.Day(days.Day(at)));
    }

    private static void WriteTable(HtmlWriter html, PowerDays days)
    {
        html.Write("""<details><summary>The months as a table, kW</summary><table><thead><tr><th scope="col">Month</th>""");
        NumberCells.WriteHeads(html, "mean", "highest", "when");
        html.Write("</tr></thead><tbody>");
        foreach (var (first, count) in days.Months())
        {
            if (days.HighestOf(first, count) is not var (watts, day, hour)) continue;
            html.Write($"""<tr><th scope="row">{ReportWords.Month(days.Day(first))}</th>""");
            var mean = NumberText.Fixed((days.MeanOf(first, count) ?? 0) / 1000, 1);
            NumberCells.Write(html, mean, NumberText.Fixed(watts / 1000, 1), ReportWords.Hour(day, hour));
            html.Write("</tr>");
        }
        html.Write("</tbody></table></details>\n");
    }
}
