using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>Which parts of the page are missing because the run's results do not have them.</summary>
internal static class NotTold
{
    public static void Write(HtmlWriter html, ReportFacts facts)
    {
        if (facts.Record.Status is not RunStatus.Completed || facts.Summary?.HoursSimulated is 0) return;
        string?[] absent =
        [
            facts.Summary?.EndUsesGj is null ? "energy by end use" : null,
            MonthByMonth.IsKnown(facts) ? null : "energy by month",
            facts.Electricity is null ? "electricity by hour" : null,
            facts.Zones.Count == 0 ? "temperatures" : null,
        ];
        var told = absent.OfType<string>().ToArray();
        if (told.Length > 0) html.Write($"""<p class="note">{RunSentences.NotAmongResults(told)}</p>""");
    }
}
