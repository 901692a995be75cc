using IdfKit.Runs.Markup;

namespace IdfKit.Studies.Page;

/// <summary>
/// The table of all rows. Its script fills it; without one it has the first rows in the order of the file.
/// </summary>
internal static class FirstRows
{
    private const int Most = 200;

    public static void Write(HtmlWriter html, PageContent content)
    {
        var columns = content.Shown.Select(at => content.Columns[at]).ToArray();
        html.Write("""
            <section id="rows"><h2>Every variant</h2>
            <div class="tools" hidden=""><label>Find <input type="search" id="query"/></label> <span id="rows-shown"></span></div>
            """);
        html.Write("""<div class="scroll"><table id="table"><thead><tr><th scope="col">Variant</th><th scope="col">Ended</th>""");
        foreach (var column in columns) WriteHead(html, column);
        html.Write("</tr></thead><tbody>\n");
        for (var row = 0; row < Math.Min(content.RowCount, Most); row++) WriteRow(html, content, columns, row);
        html.Write("</tbody></table></div>\n");
        if (content.RowCount > Most) html.Write($"""<p class="note plain">{StudySentences.MoreRows(content.RowCount - Most)}</p>""");
        html.Write("""<nav class="tools" id="pages" aria-label="Pages of the table" hidden=""></nav>""");
        if (content.LeftOut.Count > 0)
            html.Write($"""<p class="note">{StudySentences.ColumnsLeftOut(content.LeftOut.Count, content.LeftOut)}</p>""");
        html.Write("</section>\n");
    }

    private static void WriteHead(HtmlWriter html, PageColumn column)
    {
        html.Write($"""<th scope="col" class="{Look(column)}" title="{column.Name}">{column.Label.Label}""");
        if ((column.Label.Unit ?? column.Label.Owner) is { } more) html.Write($"<small>{more}</small>");
        html.Write("</th>");
    }

    private static void WriteRow(HtmlWriter html, PageContent content, IReadOnlyList<PageColumn> columns, int row)
    {
        html.Write("""<tr><th scope="row">""");
        RowLink.Write(html, content, content.Names[row]);
        html.Write($"</th><td>{StatusWords.Of(content.Statuses[row])}</td>");
        foreach (var column in columns) html.Write($"""<td class="{Look(column)}">{CellOf(content, column, row)}</td>""");
        html.Write("</tr>\n");
    }

    private static string Look(PageColumn column) => column.IsText ? "" : "n";

    private static string? CellOf(PageContent content, PageColumn column, int row)
    {
        if (column.Texts is { } texts) return texts[row];
        if (content.DigitsOf(row, column) is { } digits) return digits;
        return double.IsNaN(column.Numbers![row]) ? "" : NumberText.Fixed(column.Numbers[row], column.Decimals);
    }
}
