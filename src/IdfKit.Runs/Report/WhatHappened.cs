using IdfKit.Engine;
using IdfKit.Runs.Markup;
using IdfKit.Runs.Records;

namespace IdfKit.Runs.Report;

/// <summary>Of a run that did not complete: what happened, where in the model, and what to do.</summary>
internal static class WhatHappened
{
    public static void Write(HtmlWriter html, ReportFacts facts, int most)
    {
        var record = facts.Record;
        if (record.Status is RunStatus.Completed or RunStatus.Running) return;
        html.Write($"""<h2>What happened</h2><div class="box isbad"><p><b>{record.Message ?? RunSentences.EndedSilently}</b></p>""");
        if (Where(record) is { } where) html.Write($"<p>{where}</p>");
        WriteList(html, record.Risks, most);
        var isAwaited = record.Missing.Count > 0;
        html.Write($"<p>{(isAwaited ? RunSentences.RunsWhenThere : RunSentences.RunsAgain(new NextStep(record).Again))}</p>");
        WriteList(html, record.Missing, most);
        html.Write("</div>\n");
        if (record.Diagnostics?.FirstErrors is { Count: > 0 } errors) WriteErrors(html, errors, most);
    }

    /// <summary>The object or line that the first of the errors names; null when the message tells it, too.</summary>
    private static string? Where(RunRecord record)
    {
        var errors = record.MessageGroups.Where(group => group.Severity is ErrSeverity.Severe or ErrSeverity.Fatal);
        return errors.FirstOrDefault(group => group.Line is not null || group.Subject is not null) switch
        {
            { Subject: { } subject } when record.Message?.Contains(subject, StringComparison.Ordinal) is true => null,
            { Subject: { } subject } group => RunSentences.WhereInModel(subject, group.Line),
            { Line: { } line } => RunSentences.AtLineOfModel(line),
            _ => null,
        };
    }

    private static void WriteList(HtmlWriter html, IReadOnlyList<string> lines, int most)
    {
        if (lines.Count == 0) return;
        html.Write("<ul>");
        foreach (var line in lines.Take(most)) html.Write($"<li>{OneLine.Of(line, 250)}</li>");
        if (lines.Count > most) html.Write($"<li>{RunSentences.RowsLeftOut(lines.Count - most)}</li>");
        html.Write("</ul>");
    }

    private static void WriteErrors(HtmlWriter html, IReadOnlyList<string> errors, int most)
    {
        html.Write("<details><summary>The first errors, in EnergyPlus’s words</summary>");
        foreach (var error in errors.Take(Math.Min(most, 10))) html.Write($"<pre>{error}</pre>");
        html.Write("</details>\n");
    }
}
