using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Charts;

/// <summary>One lying bar of parts, for a row of a table; the row has its figures, so that it is nothing to who hears the page.</summary>
internal static class PartsBar
{
    /// <param name="html">Where to.</param>
    /// <param name="parts">Name, class of the page's style and size of each; what is not above 0 is left out.</param>
    /// <param name="largest">The size that fills the bar.</param>
    /// <param name="unit">Of the sizes.</param>
    public static void Write(HtmlWriter html, IEnumerable<(string Name, string Colour, double Size)> parts, double largest, string unit)
    {
        html.Write("""<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">""");
        var x = 0.0;
        foreach (var (name, colour, size) in parts)
        {
            if (size / largest * 100 is not (> 0 and <= 100 and var width)) continue;
            html.Write($"""<rect class="{colour}" x="{x:0.#}" width="{width:0.#}" height="10">""");
            html.Write($"<title>{name}: {NumberText.Short(size)} {unit}</title></rect>");
            x += width;
        }
        html.Write("</svg>");
    }
}
