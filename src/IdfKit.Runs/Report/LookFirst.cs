using IdfKit.Engine;
using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>What to know before the figures are trusted: what is bad first, then what was done otherwise than asked, then the rest.</summary>
internal static class LookFirst
{
    private const int Most = 20;

    public static void Write(HtmlWriter html, ReportFacts facts, int most)
    {
        var record = facts.Record;
        var isCompleted = record.Status is RunStatus.Completed;
        var notes = Notes(facts).ToArray();
        if (!isCompleted && notes.Length == 0 && record.MessageGroups.Count == 0) return;

        html.Write($"<h2>{(isCompleted ? "Look at these before you trust the figures" : "What there is to know besides")}</h2>\n");
        if (notes.Length == 0 && record.MessageGroups.Count == 0)
        {
            html.Write($"<p>{(record.Diagnostics is null ? null : RunSentences.NothingSaid)}</p>");
            return;
        }
        var groups = record.MessageGroups.Take(Math.Min(most, Most)).ToArray();
        html.Write("""<ol class="look">""");
        foreach (var group in groups.Where(IsGrave)) WriteGroup(html, group);
        foreach (var note in notes.Take(most)) html.Write($"""<li><span class="tag warn">note</span> {note}</li>""");
        foreach (var group in groups.Where(group => !IsGrave(group))) WriteGroup(html, group);
        html.Write("</ol>\n");
        if (record.MessageGroups.Count > groups.Length)
            html.Write($"""<p class="note">{RunSentences.MoreSaid(record.MessageGroups.Count - groups.Length)}</p>""");
        if (record.LeftOut is { } leftOut) html.Write($"""<p class="note">{leftOut}</p>""");
    }

    private static bool IsGrave(MessageGroup group) =>
        group.Severity is ErrSeverity.Severe or ErrSeverity.Fatal
        || group.Text.StartsWith("Weather file location will be used", StringComparison.Ordinal);

    /// <summary>What the record says of a completed run that stands nowhere else on the page, and its notices.</summary>
    private static IEnumerable<string> Notes(ReportFacts facts)
    {
        var (record, summary) = (facts.Record, facts.Summary ?? new());
        var rest = record.Status is RunStatus.Completed ? record.Message ?? "" : "";
        string?[] told = [summary.WhyEmpty, NotAYear(summary), .. record.Notices];
        foreach (var sentence in told.OfType<string>().Where(sentence => sentence.Length > 0))
            rest = rest.Replace(sentence, "", StringComparison.Ordinal);
        rest = OneLine.Of(rest, 2 * RunSentences.Longest);
        return rest.Length == 0 ? record.Notices : [rest, .. record.Notices];
    }

    private static string? NotAYear(EnergySummary summary) =>
        summary.HoursSimulated is { } hours ? RunSentences.NotAYear(hours, summary.Periods) : null;

    private static void WriteGroup(HtmlWriter html, MessageGroup group)
    {
        var look = group switch
        {
            { Severity: ErrSeverity.Severe or ErrSeverity.Fatal } => "bad",
            { Harmless: true } => "ok",
            _ => "warn",
        };
        html.Write($"""<li><span class="tag {look}">{NumberText.Fixed(group.Count)} × {ReportWords.Severity(group.Severity)}</span> """);
        if (group.Subject is { } subject) html.Write($"{subject}{RunSentences.InLine(group.Line)}: ");
        else if (group.Line is { } line) html.Write($"Line {line}: ");
        html.Write($"{group.Meaning ?? group.Text}");
        if (group.Meaning is not null)
            html.Write($"<details><summary>EnergyPlus’s words</summary><pre>{group.Text}</pre></details>");
        html.Write("</li>\n");
    }
}
