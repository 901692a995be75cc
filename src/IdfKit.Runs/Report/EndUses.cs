using IdfKit.Engine.Results;
using IdfKit.Runs.Charts;
using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>Where the energy goes: a row for each use, the largest first, with its fuels as a bar.</summary>
internal static class EndUses
{
    private const int MostFuels = 13; // as many as EnergyPlus knows

    public static void Write(HtmlWriter html, ReportFacts facts, int most)
    {
        var rows = Rows(facts.Summary?.EndUsesGj ?? []);
        var all = rows.Sum(row => row.Total);
        if (rows.Count == 0 || all <= 0) return;

        var used = rows.SelectMany(row => row.Fuels).Select(fuel => fuel.Name).Distinct().OrderBy(Order);
        var fuels = used.Take(Math.Min(most, MostFuels)).ToArray();
        var unit = facts.Summary!.TotalAreaM2 is > 0 and var area ? new Unit("kWh/m²", area) : new Unit("kWh", 1);
        html.Write("<h2>Where the energy goes</h2>");
        var colours = UseColours.OfFuels(fuels);
        WriteLegend(html, fuels, colours);
        html.Write("""<table><caption class="sr">Energy by end use</caption><thead><tr>""");
        html.Write("""<th scope="col">End use</th><th scope="col" class="w">by fuel</th>""");
        NumberCells.WriteHeads(html, unit.Name, "share");
        html.Write("</tr></thead><tbody>");
        foreach (var row in rows.Take(most)) WriteRow(html, row, colours, unit, rows[0].Total, all);
        html.Write("""</tbody><tfoot><tr><th scope="row">All</th><td class="w"></td>""");
        NumberCells.Write(html, NumberText.Fixed(all / unit.Size, 1), "100 %");
        html.Write("</tr></tfoot></table>");
        if (rows.Count > most) html.Write($"""<p class="note">{RunSentences.RowsLeftOut(rows.Count - most)}</p>""");
        WriteFigures(html, rows, fuels, most);
    }

    private static List<Row> Rows(Dictionary<string, Dictionary<string, double>> uses)
    {
        var rows = uses.Select(use => new Row(use.Key, FuelsOf(use.Value))).Where(row => row.Fuels.Length > 0);
        return [.. rows.OrderByDescending(row => row.Total).ThenBy(row => row.Name, StringComparer.Ordinal)];
    }

    private static (string, double)[] FuelsOf(Dictionary<string, double> gigajoules)
    {
        var shown = gigajoules.Where(fuel => double.IsFinite(fuel.Value) && Math.Abs(fuel.Value) > 1e-9);
        return [.. shown.OrderBy(fuel => Order(fuel.Key)).Select(fuel => (fuel.Key, fuel.Value / Quantity.GJPerKWh))];
    }

    private static int Order(string fuel) => fuel switch { "electricity" => 0, "natural_gas" => 1, _ => 2 };

    /// <summary>A colour and its fuel; those for which no colour is left share one.</summary>
    private static void WriteLegend(HtmlWriter html, string[] fuels, Dictionary<string, string> colours)
    {
        html.Write("""<ul class="legend">""");
        foreach (var fuel in fuels.GroupBy(fuel => colours[fuel]))
            html.Write($"""<li><i class="sw {fuel.Key}"></i>{string.Join(", ", fuel.Select(ReportWords.Fuel))}</li>""");
        html.Write("</ul>\n");
    }

    private static void WriteRow(HtmlWriter html, Row row, Dictionary<string, string> colours, Unit unit, double largest, double all)
    {
        var name = ReportWords.Use(row.Name);
        html.Write($"""<tr><th scope="row">{name}</th><td class="w">""");
        var parts = row.Fuels.Where(fuel => colours.ContainsKey(fuel.Name))
            .Select(fuel => ($"{name}, {ReportWords.Fuel(fuel.Name)}", colours[fuel.Name], fuel.Energy / unit.Size));
        PartsBar.Write(html, parts, largest / unit.Size, unit.Name);
        html.Write("</td>");
        NumberCells.Write(html, NumberText.Fixed(row.Total / unit.Size, 1), NumberText.Fixed(row.Total / all * 100) + " %");
        html.Write("</tr>");
    }

    private static void WriteFigures(HtmlWriter html, List<Row> rows, string[] fuels, int most)
    {
        html.Write("""<details><summary>The figures by fuel, kWh</summary><div class="scroll" tabindex="0" role="region" """);
        html.Write("""aria-label="By fuel"><table><thead><tr><th scope="col">End use</th>""");
        NumberCells.WriteHeads(html, fuels.Select(ReportWords.Fuel));
        html.Write("</tr></thead><tbody>");
        foreach (var row in rows.Take(most))
        {
            html.Write($"""<tr><th scope="row">{ReportWords.Use(row.Name)}</th>""");
            NumberCells.Write(html, fuels.Select(fuel => NumberText.Fixed(row.Fuels.FirstOrDefault(one => one.Name == fuel).Energy)));
            html.Write("</tr>");
        }
        html.Write("</tbody></table></div></details>\n");
    }

    /// <summary>A use and its fuels, kWh.</summary>
    private sealed record Row(string Name, (string Name, double Energy)[] Fuels)
    {
        public double Total { get; } = Fuels.Sum(fuel => fuel.Energy);
    }

    /// <summary>What the figures are shown in, and how many kWh that is.</summary>
    private sealed record Unit(string Name, double Size);
}
