using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>Which rows are to run anew: those that are named, that ended with a reason, or else that did not complete.</summary>
/// <param name="names">Of rows.</param>
/// <param name="reason">The reason; null: any.</param>
internal sealed class RowChoice(IReadOnlyList<string> names, string? reason)
{
    private static readonly string[] NoFailures = ["completed", "not_run", "running"];

    /// <exception cref="CommandException">There are none.</exception>
    public IReadOnlyList<string> Of(StudyTable table)
    {
        var rows = Enumerable.Range(0, table.RowCount);
        if (names.Count > 0) return [.. names.Select(name => NameOf(table, name)).Distinct()];
        if (reason is null) return [.. rows.Where(row => !NoFailures.Contains(table[row, "status"])).Select(row => Name(table, row))];
        var reasons = rows.Select(row => table[row, "reason"]).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        return reasons.Contains(reason)
            ? [.. rows.Where(row => table[row, "reason"] is string other && other == reason).Select(row => Name(table, row))]
            : throw new CommandException(CliSentences.NoSuchReason(reason, reasons));
    }

    private static string NameOf(StudyTable table, string name)
    {
        var all = Enumerable.Range(0, table.RowCount).Select(row => Name(table, row)).ToList();
        return all.Find(one => string.Equals(one, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new CommandException(CliSentences.NoSuchRow(name));
    }

    private static string Name(StudyTable table, int row) => (string)table[row, "name"]!;
}
