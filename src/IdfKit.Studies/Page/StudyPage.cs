using System.Text;

using IdfKit.Runs.Markup;

namespace IdfKit.Studies.Page;

/// <summary>
/// <c>index.html</c> of a study: the page that a modeller opens first. One file, made of its record and its table alone; what it shows of
/// all rows is drawn by its script, and without one it has its head, what did not complete, and the first rows.
/// </summary>
internal static class StudyPage
{
    private const int LongestText = 400;

    // In this order: what a part uses stands before it.
    private static readonly string[] Parts =
    [
        "data.js", "drawing.js", "selection.js", "worth.js", "extremes.js", "scatter.js", "parallel.js", "ranges.js", "rows.js", "start.js",
    ];

    private static readonly PageCode Style = PageCode.Style(typeof(StudyPage).Assembly, "study.css");
    private static readonly PageCode Script = PageCode.Script(typeof(StudyPage).Assembly, Parts);

    /// <summary>The whole page.</summary>
    /// <param name="record">What became of the study.</param>
    /// <param name="table">Its results; null when it has none, because it was refused or waits.</param>
    public static string Html(StudyRecord record, StudyTable? table) => Html(PageFacts.Of(record, table));

    /// <summary>The whole page as the bytes of its file.</summary>
    public static byte[] Utf8(StudyRecord record, StudyTable? table) => Encoding.UTF8.GetBytes(Html(record, table));

    /// <inheritdoc cref="Html(StudyRecord, StudyTable?)"/>
    public static string Html(PageFacts facts)
    {
        var content = PageContent.Of(facts);
        var html = new HtmlWriter(LongestText);
        var script = content.RowCount > 0 ? Script : null;
        PageShell.Write(html, StudyHead.Title(facts, content), main => Write(main, facts, content), Style, script);
        return html.ToString();
    }

    private static void Write(HtmlWriter html, PageFacts facts, PageContent content)
    {
        StudyHead.Write(html, facts, content);
        Faults.Write(html, facts.Record);
        Failures.Write(html, facts, content);
        if (content.RowCount == 0) return;
        Pictures.Write(html, content);
        FirstRows.Write(html, content);
        html.Write("""<script type="application/json" id="study">""").WriteJson(PageData.Json(content)).Write("</script>");
    }
}
