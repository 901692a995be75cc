using IdfKit.Engine;
using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>
/// What to know before the figures are trusted: what is bad first, then what was done otherwise than asked, then the rest.
/// </summary>
internal static class LookFirst
{
    private const int Most = 20;

    public static void Write(HtmlWriter html, ReportFacts facts, int most)
    {
        var record = facts.Record;
        var isCompleted = record.Status is RunStatus.Completed;
        var said = SaidKind.Of(record.MessageGroups);
        var notes = Notes(facts, said);
        if (!isCompleted && notes.Count + said.Count == 0) return;

        var heading = said.Count > 0 ? "What EnergyPlus said" : "Notes";
        html.Write($"<h2>{(isCompleted ? "Look at these before you trust the figures" : heading)}</h2>\n");
        if (notes.Count + said.Count == 0)
        {
            html.Write($"<p>{(record.Diagnostics is null ? RunSentences.NothingRead : RunSentences.NothingSaid)}</p>");
            return;
        }
        var shown = said.Take(Math.Min(most, Most)).ToArray();
        html.Write("""<ol class="look">""");
        foreach (var kind in shown.Where(kind => kind.IsGrave)) kind.Write(html);
        foreach (var note in notes.Take(most)) html.Write($"""<li><span class="tag warn">note</span> {note}</li>""").Write("\n");
        foreach (var kind in shown.Where(kind => !kind.IsGrave)) kind.Write(html);
        html.Write("</ol>\n");
        if (said.Count > shown.Length) html.Write($"""<p class="note">{RunSentences.MoreSaid(said.Count - shown.Length)}</p>""");
        if (notes.Count > most) html.Write($"""<p class="note">{RunSentences.RowsLeftOut(notes.Count - most)}</p>""");
        if (record.LeftOut is { } leftOut) html.Write($"""<p class="note">{leftOut}</p>""");
    }

    /// <summary>What the record says of a completed run that stands nowhere else on the page, and its notices.</summary>
    private static IReadOnlyList<string> Notes(ReportFacts facts, IReadOnlyList<SaidKind> said)
    {
        var (record, summary) = (facts.Record, facts.Summary ?? new());
        if (record is not { Status: RunStatus.Completed, Message: { } message }) return record.Notices;

        string?[] told = [summary.WhyEmpty, RunSentences.NotAYear(summary), .. record.Notices];
        foreach (var sentence in told.OfType<string>().Where(sentence => sentence.Length > 0))
            message = message.Replace(sentence, "", StringComparison.Ordinal);
        if (said.Any(kind => kind.IsOtherPlace)) message = WithoutPlace(message);
        message = OneLine.Of(message, 2 * RunSentences.Longest);
        return message.Length == 0 ? record.Notices : [message, .. record.Notices];
    }

    /// <summary>The message without its sentence of another place, which EnergyPlus's own warning tells.</summary>
    private static string WithoutPlace(string message)
    {
        var begin = message.IndexOf(RunSentences.OtherPlaceBegins, StringComparison.Ordinal);
        var end = message.IndexOf(RunSentences.OtherPlaceEnds, StringComparison.Ordinal);
        return begin >= 0 && end > begin ? message[..begin] + message[(end + RunSentences.OtherPlaceEnds.Length)..] : message;
    }
}
