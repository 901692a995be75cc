using IdfKit.Engine;
using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>What EnergyPlus said that means the same, as an entry of a list.</summary>
internal sealed class SaidKind
{
    private const int MostExamples = 3;

    private readonly MessageGroup[] _groups;

    private SaidKind(IEnumerable<MessageGroup> groups) => _groups = [.. groups];

    /// <summary>Messages with one meaning together, where the first of them stands.</summary>
    public static IReadOnlyList<SaidKind> Of(IReadOnlyList<MessageGroup> groups) =>
        [.. groups.GroupBy(group => (group.Severity, group.Meaning ?? group.Text)).Select(kind => new SaidKind(kind))];

    /// <summary>Whether it stands before everything else.</summary>
    public bool IsGrave => IsError || IsOtherPlace;

    /// <summary>Whether it says that the weather is of another place than the model.</summary>
    public bool IsOtherPlace => First.Text.StartsWith("Weather file location will be used", StringComparison.Ordinal);

    private MessageGroup First => _groups[0];

    private bool IsError => First.Severity is ErrSeverity.Severe or ErrSeverity.Fatal;

    /// <summary>Writes the entry.</summary>
    public void Write(HtmlWriter html)
    {
        var look = IsError ? "bad" : First.Harmless is true ? "ok" : "warn";
        var count = NumberText.Fixed(_groups.Sum(group => (double)group.Count));
        html.Write($"""<li><span class="tag {look}">{count} × {ReportWords.Severity(First.Severity)}</span> """);
        if (First is { Subject: { } subject, Line: { } place }) html.Write($"{subject} (line {place}): ");
        else if (First.Subject is { } alone) html.Write($"{alone}: ");
        else if (First.Line is { } line) html.Write($"Line {line}: ");
        html.Write($"{First.Meaning ?? First.Text}");
        if (First.Meaning is not null)
        {
            html.Write("<details><summary>EnergyPlus’s words</summary>");
            foreach (var group in _groups.Take(MostExamples)) html.Write($"<pre>{group.Text}</pre>");
            html.Write("</details>");
        }
        html.Write("</li>\n");
    }
}
