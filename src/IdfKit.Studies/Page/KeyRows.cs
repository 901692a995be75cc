using IdfKit.Runs.Markup;

namespace IdfKit.Studies.Page;

/// <summary>The best, the middle and the worst of the completed rows by the first figure, and how many did not complete.</summary>
internal static class KeyRows
{
    public static void Write(HtmlWriter html, PageContent content)
    {
        if (content.RowCount == 0) return;
        var missing = content.RowCount - content.CompletedCount;
        html.Write("""<dl class="kpi">""");
        if (content.Figure is { } at) WriteFigure(html, content, content.Columns[at]);
        var look = missing > 0 ? "high" : "";
        html.Write($"""<div><dt>Did not complete</dt><dd class="{look}">{NumberText.Fixed(missing)}<small>""");
        html.Write($"of {NumberText.Fixed(content.RowCount)} variants</small></dd></div></dl>").Write("\n");
    }

    private static void WriteFigure(HtmlWriter html, PageContent content, PageColumn figure)
    {
        int[] rows = [.. Enumerable.Range(0, content.RowCount)
            .Where(row => content.IsCompleted(row) && double.IsFinite(figure.Numbers![row]))
            .OrderBy(row => figure.Numbers![row])];
        if (rows.Length == 0) return;
        var (least, most) = (rows[0], rows[^1]);
        var middle = rows[rows.Length / 2];
        WriteCard(html, figure, figure.IsLessBetter ? "Best" : "Lowest", least, content.Names[least]);
        if (rows.Length > 2) WriteCard(html, figure, "Middle", middle, "half of the variants are lower");
        if (rows.Length < 2) return;
        WriteCard(html, figure, figure.IsLessBetter ? "Worst" : "Highest", most, content.Names[most] + More(figure, least, most));
    }

    private static void WriteCard(HtmlWriter html, PageColumn figure, string title, int row, string note)
    {
        var value = NumberText.Fixed(figure.Numbers![row], figure.Decimals);
        html.Write($"<div><dt>{title}: {figure.Label.Label}</dt><dd>{value} {figure.Label.Unit}");
        html.Write($"<small>{note}</small></dd></div>");
    }

    private static string? More(PageColumn figure, int least, int most)
    {
        var (low, high) = (figure.Numbers![least], figure.Numbers[most]);
        return low > 0 && high > low ? $", {NumberText.Short((high / low - 1) * 100)} % more" : null;
    }
}
