using IdfKit.Runs.Markup;

namespace IdfKit.Studies.Page;

/// <summary>What did not complete, by cause, with examples.</summary>
internal static class Failures
{
    public static void Write(HtmlWriter html, PageFacts facts, PageContent content)
    {
        var failures = facts.Record.Failures;
        if (failures.Count == 0) return;
        html.Write("<h2>What did not complete</h2>\n<ol class=\"look\">");
        foreach (var failure in failures)
        {
            html.Write($"<li><b>{NumberText.Fixed(failure.Count)} ×</b> {failure.Sentence} ");
            WriteExamples(html, failure, content);
            html.Write("</li>\n");
        }
        html.Write($"""</ol><p class="note">{StudySentences.FailedRowsAgain}</p>""").Write("\n");
    }

    private static void WriteExamples(HtmlWriter html, StudyFailure failure, PageContent content)
    {
        html.Write("""<span class="examples">""");
        foreach (var (at, name) in failure.Examples.Index())
        {
            if (at > 0) html.Write(", ");
            RowLink.Write(html, content, name);
        }
        if (failure.Count > failure.Examples.Count && failure.Examples.Count > 0)
            html.Write($" and {NumberText.Fixed(failure.Count - failure.Examples.Count)} more");
        html.Write("</span>");
    }
}
