using IdfKit.Engine;
using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>Which model it was, how its run ended, and what was simulated.</summary>
internal static class ReportHead
{
    private const double Year = 365 * 24, LeapYear = 366 * 24;

    public static string Title(ReportFacts facts)
    {
        var ending = ReportWords.Ending(facts.Record).Word.ToLowerInvariant();
        var figure = facts.Summary?.SiteEuiKwhM2 is { } intensity ? $"{NumberText.Short(intensity)} kWh/m², " : "";
        return $"{Name(facts.Record)}: {figure}{ending}";
    }

    public static void Write(HtmlWriter html, ReportFacts facts)
    {
        var record = facts.Record;
        var (look, mark, word) = ReportWords.Ending(record);
        html.Write($"""<p class="mut">{record.Input.Key}</p><h1>{Name(record)}</h1>""");
        html.Write($"""<p><span class="state {look}"><span aria-hidden="true">{mark}</span> {word}</span>{Simulated(facts)}""");
        if (record.Diagnostics is { } said) html.Write($" {RunSentences.Warned(said.Warnings, said.Severe)}");
        html.Write("</p>\n");
        if (record.Status is RunStatus.Running) html.Write($"""<p class="note">{RunSentences.StillRunning}</p>""");
        if (record.Engine is { Replayed: true }) html.Write($"""<p class="note">{RunSentences.Replayed}</p>""");
        if (record.ResultsOf is { } origin)
            html.Write($"""<p class="note">{RunSentences.TakenFromCache(origin.Key, origin.StartedAt)}</p>""");
        if (record.Label is { } label) html.Write($"<p>{label}</p>\n");
        if (facts.Summary?.WhyEmpty is { } why) html.Write($"""<div class="box"><p>{why}</p></div>""");
    }

    /// <summary><c>inputs/strip-mall.idf</c>: strip-mall.</summary>
    private static string Name(RunRecord record)
    {
        var name = Path.GetFileName(record.Input.Key.TrimEnd('/'));
        var isIdf = name.EndsWith(".idf", StringComparison.OrdinalIgnoreCase) && name.Length > ".idf".Length;
        return OneLine.Of(isIdf ? name[..^".idf".Length] : name, 100);
    }

    private static string? Simulated(ReportFacts facts)
    {
        if (facts.Record.Status is not RunStatus.Completed || facts.Summary is not { HoursSimulated: { } hours } summary) return null;
        var (place, kind) = (facts.Weather?.Place ?? Path.GetFileName(facts.Record.Weather?.Key), facts.Weather?.Kind);
        return hours switch
        {
            0 => RunSentences.SimulatedDesignDays,
            _ when summary.Periods.Sum(period => period.Hours) > hours => RunSentences.NotAYear(summary),
            Year or LeapYear => RunSentences.SimulatedYear(place, kind),
            _ when summary.Periods is [var only] => RunSentences.SimulatedHours(hours, only.From, only.To, place, kind),
            _ => RunSentences.SimulatedHours(hours, null, null, place, kind),
        };
    }
}
