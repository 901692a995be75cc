using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>The files of the run, each as a link and with what it is.</summary>
internal static class ResultFiles
{
    private const int Most = 24, LongestPath = 80;

    public static void Write(HtmlWriter html, ReportFacts facts, int most)
    {
        var files = facts.Files.Where(file => file.Path is not (RunRecordFile.Name or "report.html"))
            .OrderBy(file => ReportWords.FileOrder(file.Path))
            .ThenBy(file => file.Path, StringComparer.Ordinal)
            .ToArray();
        var shown = files.Take(Math.Min(most, Most)).ToArray();
        html.Write("""<h2>Files of this run</h2><table class="files"><tbody>""");
        var names = DistinctNames.Of([.. shown.Select(file => file.Path)], LongestPath);
        foreach (var (at, file) in shown.Index()) WriteRow(html, names[at], file);
        WriteRow(html, RunRecordFile.Name, new(RunRecordFile.Name, null));
        html.Write("</tbody></table>\n");
        if (files.Length > shown.Length)
            html.Write($"""<p class="note">{RunSentences.FilesLeftOut(files.Length - shown.Length)}</p>""");
    }

    private static void WriteRow(HtmlWriter html, string name, ReportFile file)
    {
        html.Write("""<tr><th scope="row">""");
        if (RelativeLink.Of(file.Path) is { } link) html.Write($"""<a href="{link}">{name}</a>""");
        else html.Write($"{name}");
        var size = file.SizeBytes is { } bytes ? NumberText.Bytes(bytes) : null;
        html.Write($"""</th><td>{ReportWords.File(file.Path)}</td><td class="n">{size}</td></tr>""");
    }
}
