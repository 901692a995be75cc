using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>Which run period a chart is of, where several were simulated.</summary>
internal static class PeriodNote
{
    public static void Write(HtmlWriter html, OneOfPeriods? period)
    {
        if (period is not null) html.Write($"""<p class="note">{RunSentences.OfOnePeriod(period.Title, period.All)}</p>""");
    }
}
