using System.Globalization;

using Spectre.Console;

using IdfKit.Engine;
using IdfKit.Runs;

namespace IdfKit.Cli.Show;

/// <summary>What EnergyPlus said in a run, and what that means, in the order of the record.</summary>
internal static class SaidTable
{
    private const int Most = 8;
    private const int LongestText = 160;

    /// <summary>Null when EnergyPlus said nothing.</summary>
    public static Table? Of(RunRecord record)
    {
        if (record.MessageGroups.Count == 0) return null;
        var table = new Table { Border = TableBorder.Minimal, ShowHeaders = false };
        var count = new TableColumn("") { NoWrap = true, Alignment = Justify.Right };
        table.AddColumns(count, new TableColumn("") { NoWrap = true }, new TableColumn(""));
        foreach (var group in record.MessageGroups.Take(Most))
            table.AddRow(
                new Text(group.Count.ToString("#,0", CultureInfo.InvariantCulture) + " ×"),
                new Text(Word(group.Severity)),
                new Text(Said(group)));
        if (record.MessageGroups.Count - Most is > 0 and var more)
            table.AddRow(new Text(""), new Text(""), new Text($"{more} more kinds: see message_groups in {RunRecordFile.Name}"));
        return table;
    }

    private static string Said(MessageGroup group)
    {
        var place = group.Line is { } line ? $" (line {line})" : "";
        var said = group.Subject is { } subject ? $"{subject}{place}: " : group.Line is null ? "" : $"Line {group.Line}: ";
        return said + (group.Meaning ?? Cut(group.Text));
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";

    private static string Word(ErrSeverity severity) => severity switch
    {
        ErrSeverity.Fatal => "fatal error",
        ErrSeverity.Severe => "severe error",
        _ => "warning",
    };
}
