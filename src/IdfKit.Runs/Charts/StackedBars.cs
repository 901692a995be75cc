using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Charts;

/// <summary>
/// A chart of stacked bars as SVG. Its places across are per cent of the width and those down are pixels, so that its text stays
/// readable at any width; its colours are those of the page.
/// </summary>
/// <param name="labels">Below each bar.</param>
/// <param name="series">From the axis up.</param>
/// <param name="unit">Of the values.</param>
internal sealed class StackedBars(IReadOnlyList<string> labels, IReadOnlyList<BarSeries> series, string unit)
{
    private const double Left = 8, Top = 16, Bottom = 208, PartOfSlot = 0.72, Least = 1e-6;

    /// <summary>Writes the chart, or nothing when no bar would be seen.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="title">What a reader hears who does not see it.</param>
    public void Write(HtmlWriter html, string title)
    {
        var largest = Enumerable.Range(0, labels.Count).Select(at => series.Sum(one => one.Shown(at))).DefaultIfEmpty(0).Max();
        if (largest < Least || !double.IsFinite(largest)) return;
        var scale = RoundScale.To(largest);
        html.Write($"""<svg class="bars" role="img" aria-label="{title}">""");
        for (var mark = 0; mark <= scale.Marks; mark++) WriteMark(html, scale, mark);
        for (var at = 0; at < labels.Count; at++) WriteBar(html, scale, at);
        html.Write("</svg>\n");
    }

    private static double Height(double value, RoundScale scale) => value / scale.Top * (Bottom - Top);

    private static void WriteMark(HtmlWriter html, RoundScale scale, int mark)
    {
        var y = Bottom - Height(mark * scale.Step, scale);
        var label = NumberText.Fixed(mark * scale.Step, scale.Decimals);
        html.Write($"""<line class="grid" x1="0" x2="100%" y1="{y:0.#}" y2="{y:0.#}"/><text x="0" y="{y - 3:0.#}">{label}</text>""");
    }

    private void WriteBar(HtmlWriter html, RoundScale scale, int at)
    {
        var slot = (100 - Left) / labels.Count;
        var (x, width) = (Left + at * slot + slot * (1 - PartOfSlot) / 2, slot * PartOfSlot);
        var y = Bottom;
        foreach (var one in series)
        {
            if (Height(one.Shown(at), scale) is not (>= 0.1 and var height)) continue;
            y -= height;
            html.Write($"""<rect class="{one.Colour}" x="{x:0.#}%" width="{width:0.#}%" y="{y:0.#}" height="{height:0.#}">""");
            html.Write($"<title>{labels[at]} {one.Name}: {NumberText.Short(one.Values[at])} {unit}</title></rect>");
        }
        html.Write($"""<text x="{x + width / 2:0.#}%" y="224" text-anchor="middle">{labels[at]}</text>""");
    }
}
