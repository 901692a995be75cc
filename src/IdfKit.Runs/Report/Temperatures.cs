using IdfKit.Runs.Charts;
using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>How warm the zones were: a row for each, and of many those that are farthest from comfort.</summary>
internal static class Temperatures
{
    private const int LongestName = 48;

    private static readonly (double From, double To) Good = (20, 26), Farthest = (-60, 120);

    public static void Write(HtmlWriter html, ReportFacts facts, int most)
    {
        if (facts.Zones.Count == 0) return;
        var zones = facts.Zones.Count <= most ? facts.Zones : [.. facts.Zones.OrderByDescending(Beyond).Take(most)];
        var scale = RangeScale.Of([.. zones.SelectMany(zone => new[] { zone.Coldest, zone.Warmest }), Good.From, Good.To], Farthest);
        html.Write("""<h2>Temperatures</h2><table class="zones">""");
        html.Write("<caption>Air temperature of the zones over all hours, °C</caption><thead><tr>");
        html.Write("""<th scope="col">Zone</th><td class="w"></td><th scope="col" class="n wide">coldest</th>""");
        NumberCells.WriteHeads(html, "5 %", "95 %");
        html.Write("""<th scope="col" class="n wide">warmest</th></tr></thead><tbody>""");
        var names = DistinctNames.Of([.. zones.Select(zone => zone.Zone)], LongestName);
        foreach (var (at, zone) in zones.Index()) WriteRow(html, names[at], zone, scale);
        html.Write($"""</tbody></table><p class="note">{RunSentences.GoodBand(Good.From, Good.To)}""");
        if (zones.Count < facts.Zones.Count) html.Write($" {RunSentences.ZonesLeftOut(zones.Count, facts.Zones.Count)}");
        html.Write("</p>\n");
        PeriodNote.Write(html, facts.ZonesPeriod);
        if (facts.ZonesAreCut) html.Write($"""<p class="note">{RunSentences.HoursLeftOut}</p>""");
    }

    private static double Beyond(ZoneTemperatures zone) => Math.Max(Good.From - zone.Low, zone.High - Good.To);

    private static void WriteRow(HtmlWriter html, string name, ZoneTemperatures zone, RangeScale scale)
    {
        html.Write($"""<tr><th scope="row">{name}</th><td class="w">""");
        scale.Write(html, (zone.Coldest, zone.Low, zone.High, zone.Warmest), Good);
        html.Write($"""</td><td class="n wide">{NumberText.Fixed(zone.Coldest, 1)}</td>""");
        NumberCells.Write(html, NumberText.Fixed(zone.Low, 1), NumberText.Fixed(zone.High, 1));
        html.Write($"""<td class="n wide">{NumberText.Fixed(zone.Warmest, 1)}</td></tr>""");
    }
}
