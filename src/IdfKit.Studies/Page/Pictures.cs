using IdfKit.Runs.Markup;

namespace IdfKit.Studies.Page;

/// <summary>Where the script draws, and what it draws with. Nothing of it is seen without the script.</summary>
internal static class Pictures
{
    public static void Write(HtmlWriter html, PageContent content)
    {
        html.Write($"<noscript><p>{StudySentences.NeedsScript}</p></noscript>").Write("\n");
        if (content.Figure is not null) WriteOfFigure(html);
        WriteParallel(html);
        WriteScatter(html);
    }

    private static void WriteOfFigure(HtmlWriter html)
    {
        html.Write("""<div id="figures" hidden=""><p class="tools"><label>Compare by <select id="figure"></select></label></p>""");
        html.Write("""<section id="worth"><h2>What each choice is worth</h2><p class="note" id="worth-note"></p>""");
        html.Write("""<div class="many" id="worth-charts"></div></section>""");
        html.Write("""<div class="two">""");
        WriteTable(html, "differ");
        html.Write("<div>");
        WriteTable(html, "low");
        WriteTable(html, "high");
        html.Write("</div>");
        html.Write("</div></div>\n");
    }

    private static void WriteTable(HtmlWriter html, string name)
    {
        html.Write($"""<section id="{name}"><h2 id="{name}-title"></h2>""");
        html.Write($"""<div class="scroll"><table id="{name}-table"></table></div></section>""");
    }

    private static void WriteParallel(HtmlWriter html)
    {
        html.Write("""<section id="all" hidden=""><h2>All choices and results</h2>""");
        html.Write($"""<p class="note screen">{StudySentences.HowToBrush}</p>""");
        html.Write("""<p class="tools"><strong id="count" role="status"></strong> """);
        html.Write("""<button type="button" id="clear">Show all</button></p>""");
        html.Write("""<div class="legend" id="colours"></div>""");
        html.Write("""<div class="scroll plot" id="parallel" tabindex="0" role="group" aria-label="Parallel axes"></div>""");
        html.Write("""<details id="ranges"><summary>Ranges by keyboard, and what is shown</summary><div class="scroll">""");
        html.Write("""<table id="ranges-table"></table></div></details>""");
        html.Write("""<details id="choice"><summary>Which columns are shown here and in the table</summary>""");
        html.Write("""<fieldset><legend>Columns</legend><div id="columns"></div></fieldset></details></section>""").Write("\n");
    }

    private static void WriteScatter(HtmlWriter html)
    {
        html.Write("""<section id="pair" hidden=""><h2 id="pair-title">One against another</h2>""");
        html.Write("""<p class="tools"><label>Across <select id="x"></select></label> <label>Up <select id="y"></select></label>""");
        html.Write(""" <label>Colour <select id="colour"></select></label></p>""");
        html.Write("""<div class="legend" id="pair-legend"></div><div class="plot" id="scatter"></div></section>""").Write("\n");
    }
}
