using IdfKit.Engine;
using IdfKit.Runs.Charts;
using IdfKit.Runs.Markup;

namespace IdfKit.Studies.Page;

/// <summary>Which study it is, how far it is, how its rows ended, and its key figures.</summary>
internal static class StudyHead
{
    private const int MostTiles = 400;

    private static readonly string[] Endings = [".study.csv", ".study.json", ".idf", ".epjson"];

    public static string Title(PageFacts facts, PageContent content) => $"{NameOf(facts.Record)}: {Outcome(facts.Record, content)}";

    public static void Write(HtmlWriter html, PageFacts facts, PageContent content)
    {
        var record = facts.Record;
        html.Write($"""<p class="mut">{record.Input.Key}</p><h1>{NameOf(record)}: {Outcome(record, content)}</h1>""").Write("\n");
        var (look, mark, word) = StateOf(record, content);
        html.Write($"""<p><span class="state {look}"><span aria-hidden="true">{mark}</span> {word}</span>{record.Message}</p>""");
        if (record.Status is StudyStatus.Running or StudyStatus.Planned)
            html.Write($"""<p class="note">{StudySentences.PageOfRunning}</p>""").Write("\n");
        WriteEndings(html, content);
        KeyRows.Write(html, content);
        WriteHow(html, facts, content);
    }

    /// <summary><c>inputs/office.study.csv</c>: office.</summary>
    private static string NameOf(StudyRecord record)
    {
        var name = record.Input.Key.TrimEnd('/');
        name = name[(name.LastIndexOf('/') + 1)..];
        var ending = Endings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ?? "";
        return OneLine.Of(name.Length > ending.Length ? name[..^ending.Length] : name, 200);
    }

    private static string Outcome(StudyRecord record, PageContent content)
    {
        if (content.RowCount > 0) return StudySentences.OutcomeOf(content.CompletedCount, content.RowCount);
        return record.Status switch
        {
            StudyStatus.Refused => "refused",
            StudyStatus.Waiting => "waiting",
            _ => StudySentences.VariantsOf(record.Rows),
        };
    }

    private static (string Look, string Mark, string Word) StateOf(StudyRecord record, PageContent content) => record.Status switch
    {
        StudyStatus.Refused => ("bad", "✗", "Refused"),
        StudyStatus.Waiting => ("warn", "…", "Waiting"),
        StudyStatus.Planned => ("warn", "…", "Planned"),
        StudyStatus.Running => ("warn", "…", "Running"),
        _ when content.CompletedCount == content.RowCount => ("ok", "✓", "Collected"),
        _ => ("warn", "!", "Collected"),
    };

    private static void WriteEndings(HtmlWriter html, PageContent content)
    {
        var counts = content.Statuses.CountBy(status => status).OrderBy(count => StatusWords.Order(count.Key)).ToArray();
        if (counts.Length == 0) return;
        if (content.RowCount <= MostTiles) WriteTiles(html, content);
        else PartsBar.Write(html, counts.Select(count => Part(count.Key, count.Value)), content.RowCount, "variants");
        html.Write("""<ul class="legend">""");
        foreach (var (status, count) in counts)
            html.Write($"""<li><i class="tile {StatusWords.Tile(status)}"></i> {count:#,0} {StatusWords.Of(status)}</li>""");
        html.Write("</ul>\n");
    }

    private static void WriteTiles(HtmlWriter html, PageContent content)
    {
        html.Write("""<div class="tiles" aria-hidden="true">""");
        for (var row = 0; row < content.RowCount; row++)
        {
            var status = content.Statuses[row];
            html.Write($"""<i class="tile {StatusWords.Tile(status)}" title="{OneLine.Of(content.Names[row], 60)}: """);
            html.Write($"""{StatusWords.Of(status)}"></i>""");
        }
        html.Write("</div>\n");
    }

    private static (string Name, string Colour, double Size) Part(string status, int count) =>
        (StatusWords.Of(status), "fill-" + StatusWords.Tile(status), count);

    private static void WriteHow(HtmlWriter html, PageFacts facts, PageContent content)
    {
        html.Write("<p>");
        foreach (var weather in facts.Weather) html.Write($"{weather} · ");
        foreach (var engine in facts.Engines) html.Write($"EnergyPlus {engine} · ");
        if (content.Columns.FirstOrDefault(column => column.Name == "seconds")?.Numbers is { } seconds)
            html.Write($"{NumberText.Seconds((long)(seconds.Where(double.IsFinite).Sum() * 1000))} of simulation · ");
        if (facts.Record.Usage is { } usage) html.Write($"{StudySentences.UsageOf(usage)} · ");
        if (facts.Record.Estimate is { RowsToRun: > 0 } estimate && facts.Record.Status is not StudyStatus.Collected)
            html.Write($"{estimate.How} · ");
        if (content.RowCount > 0)
        {
            html.Write($"""<a href="./{StudyRecordFile.CsvName}">{StudyRecordFile.CsvName}</a> · """);
            html.Write($"""<a href="./{StudyRecordFile.ParquetName}">{StudyRecordFile.ParquetName}</a> · """);
        }
        html.Write($"""<a href="./{StudyRecordFile.Name}">{StudyRecordFile.Name}</a></p>""").Write("\n");
    }
}
