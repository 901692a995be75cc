using IdfKit.Engine.Results;
using IdfKit.Runs.Charts;
using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>Where the energy goes: a row for each use, the largest first, with its fuels as a bar.</summary>
internal static class EndUses
{
    private const int MostFuels = 13; // as many as EnergyPlus knows

    /// <summary>A use and its fuels, kWh.</summary>
    private sealed record Row(string Name, (string Fuel, double Energy)[] Fuels)
    {
        public double Total { get; } = Fuels.Sum(fuel => fuel.Energy);
    }

    public static void Write(HtmlWriter html, ReportFacts facts, int most)
    {
        var rows = Rows(facts);
        var all = rows.Sum(row => row.Total);
        if (rows.Count == 0 || all <= 0) return;

        var area = facts.Summary!.TotalAreaM2 is > 0 and var known ? known : (double?)null;
        var (unit, divisor) = area is { } square ? ("kWh/m²", square) : ("kWh", 1);
        html.Write("<h2>Where the energy goes</h2>");
        var used = rows.SelectMany(row => row.Fuels).Select(fuel => fuel.Fuel).Distinct().OrderBy(Order);
        var fuels = used.Take(Math.Min(most, MostFuels)).ToArray();
        WriteLegend(html, fuels);
        html.Write($"""<table><caption class="sr">Energy by end use</caption><thead><tr>""");
        html.Write("""<th scope="col">End use</th><th scope="col" class="w">by fuel</th>""");
        html.Write($"""<th scope="col" class="n">{unit}</th><th scope="col" class="n">share</th></tr></thead><tbody>""");
        foreach (var row in rows.Take(most)) WriteRow(html, row, fuels, divisor, unit, rows[0].Total / divisor, all);
        html.Write($"""</tbody><tfoot><tr><th scope="row">All</th><td class="w"></td><td class="n">{NumberText.Fixed(all / divisor, 1)}</td>""");
        html.Write("""<td class="n">100 %</td></tr></tfoot></table>""");
        if (rows.Count > most) html.Write($"""<p class="note">{RunSentences.RowsLeftOut(rows.Count - most)}</p>""");
        WriteFigures(html, rows, fuels, most);
    }

    private static List<Row> Rows(ReportFacts facts)
    {
        static bool IsShown(KeyValuePair<string, double> fuel) => double.IsFinite(fuel.Value) && Math.Abs(fuel.Value) > 1e-9;
        var uses = facts.Summary?.EndUsesGj ?? [];
        var rows = uses.Select(use => new Row(
            use.Key, [.. use.Value.Where(IsShown).OrderBy(fuel => Order(fuel.Key)).Select(fuel => (fuel.Key, fuel.Value / Quantity.GJPerKWh))]));
        return [.. rows.Where(row => row.Fuels.Length > 0).OrderByDescending(row => row.Total).ThenBy(row => row.Name, StringComparer.Ordinal)];
    }

    private static int Order(string fuel) => fuel switch { "electricity" => 0, "natural_gas" => 1, _ => 2 };

    private static void WriteLegend(HtmlWriter html, string[] fuels)
    {
        html.Write("""<ul class="legend">""");
        foreach (var fuel in fuels)
            html.Write($"""<li><i class="sw {UseColours.OfFuel(fuel)}"></i>{ReportWords.Fuel(fuel)}</li>""");
        html.Write("</ul>\n");
    }

    private static void WriteRow(
        HtmlWriter html, Row row, string[] fuels, double divisor, string unit, double largest, double all)
    {
        html.Write($"""<tr><th scope="row">{ReportWords.Use(row.Name)}</th><td class="w">""");
        var parts = row.Fuels.Where(fuel => fuels.Contains(fuel.Fuel))
            .Select(fuel => ($"{ReportWords.Use(row.Name)}, {ReportWords.Fuel(fuel.Fuel)}", UseColours.OfFuel(fuel.Fuel), fuel.Energy / divisor));
        PartsBar.Write(html, parts, largest, unit);
        html.Write($"""</td><td class="n">{NumberText.Fixed(row.Total / divisor, 1)}</td>""");
        html.Write($"""<td class="n">{NumberText.Fixed(row.Total / all * 100)} %</td></tr>""");
    }

    private static void WriteFigures(HtmlWriter html, List<Row> rows, string[] fuels, int most)
    {
        html.Write("""<details><summary>The figures by fuel, kWh</summary><div class="scroll" tabindex="0" role="region" aria-label="By fuel">""");
        html.Write("""<table><thead><tr><th scope="col">End use</th>""");
        foreach (var fuel in fuels) html.Write($"""<th scope="col" class="n">{ReportWords.Fuel(fuel)}</th>""");
        html.Write("</tr></thead><tbody>");
        foreach (var row in rows.Take(most))
        {
            html.Write($"""<tr><th scope="row">{ReportWords.Use(row.Name)}</th>""");
            foreach (var fuel in fuels)
                html.Write($"""<td class="n">{NumberText.Fixed(row.Fuels.FirstOrDefault(one => one.Fuel == fuel).Energy)}</td>""");
            html.Write("</tr>");
        }
        html.Write("</tbody></table></div></details>\n");
    }
}
