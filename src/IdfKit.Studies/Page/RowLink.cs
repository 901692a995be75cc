using IdfKit.Runs.Markup;

namespace IdfKit.Studies.Page;

/// <summary>The name of a row, which leads to the page of its run where there is one.</summary>
internal static class RowLink
{
    private const string Report = "report.html";

    public static void Write(HtmlWriter html, PageContent content, string name)
    {
        var hasReport = content.RowsByName.TryGetValue(name, out var row) && content.HasReport(row);
        var isSegment = !name.Contains('/', StringComparison.Ordinal);
        if (hasReport && isSegment && RelativeLink.Of($"{StudyRecordFile.RunsName}/{name}/{Report}") is { } link)
            html.Write($"""<a href="{link}">{name}</a>""");
        else
            html.Write($"{name}");
    }
}
