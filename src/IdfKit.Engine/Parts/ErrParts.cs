using System.Globalization;
using System.Text.RegularExpressions;

namespace IdfKit.Engine.Parts;

/// <summary>
/// An <c>.err</c> file of a run that completed, taken apart: messages as they came, what is said of the whole, the messages that are
/// summed up, the kinds to think of, and the counts.
/// </summary>
internal sealed partial record ErrParts
{
    public const string Row = "   *************";

    private const string Summary = Row + " Simulation Error Summary *************";
    private const string RecurringTitle = Row + " ===== Recurring Error Summary =====";
    private const string FinalTitle = Row + " ===== Final Error Summary =====";
    private const string Said = Row + "  ** ";
    private const string More = "**   ~~~   **";
    private const int RecurringHead = 3, FinalHead = 2; // lines, the title among them

    public string Title { get; private init; } = "";

    /// <summary>Each message with its further lines; a line about what is done is one by itself.</summary>
    public List<List<string>> Messages { get; private init; } = [];

    public List<string> Head { get; private init; } = [];

    public List<string> RecurringTitles { get; private init; } = [];

    /// <summary>Messages that are summed up.</summary>
    public List<RecurringError> Recurring { get; private init; } = [];

    public List<string> FinalTitles { get; private init; } = [];

    /// <summary>Each kind with its advice.</summary>
    public List<List<string>> Kinds { get; private init; } = [];

    public (long Warnings, long Severe) InWarmup { get; private init; }

    public (long Warnings, long Severe) InSizing { get; private init; }

    public (long Warnings, long Severe) InAll { get; private init; }

    /// <summary>Without warnings of one line that are ours; null: none is.</summary>
    public ErrParts Without(Func<string, bool>? isOurs)
    {
        if (isOurs is null) return this;
        List<List<string>> others = [.. Messages.Where(message => message.Count > 1 || !isOurs(message[0]))];
        return this with { Messages = others, InAll = (InAll.Warnings - (Messages.Count - others.Count), InAll.Severe) };
    }

    /// <summary>Null when the file is not that of a run that completed.</summary>
    public static ErrParts? Of(List<string> lines)
    {
        var summary = lines.IndexOf(Summary);
        var end = lines.FindLastIndex(line => Counts().IsMatch(line)) + 1;
        var counts = lines.FindIndex(Math.Max(summary, 0), line => line.StartsWith(Row + " EnergyPlus ", StringComparison.Ordinal));
        if (summary < 1 || counts < summary || !lines[end - 1].Contains("Completed Successfully", StringComparison.Ordinal)) return null;
        var recurring = lines.IndexOf(RecurringTitle, summary, counts - summary);
        var final = lines.IndexOf(FinalTitle, summary, counts - summary);
        var endOfHead = recurring >= 0 ? recurring : final >= 0 ? final : counts;
        var endOfRecurring = final >= 0 ? final : counts;
        return new()
        {
            Title = lines[0],
            Messages = [.. Blocks(lines[1..summary], line => !line.Contains(More, StringComparison.Ordinal))],
            Head = lines[summary..endOfHead],
            RecurringTitles = recurring < 0 ? [] : lines[recurring..Math.Min(recurring + RecurringHead, endOfRecurring)],
            Recurring = recurring < 0 ? [] : [.. RecurringIn(lines[recurring..endOfRecurring])],
            FinalTitles = final < 0 ? [] : lines[final..Math.Min(final + FinalHead, counts)],
            Kinds = final < 0 ? [] : [.. KindsIn(lines[Math.Min(final + FinalHead, counts)..counts])],
            InWarmup = CountsOf(lines, "During Warmup"),
            InSizing = CountsOf(lines, "During Sizing"),
            InAll = CountsOf(lines, "Completed Successfully"),
        };
    }

    private static IEnumerable<RecurringError> RecurringIn(List<string> lines) =>
        Blocks(lines.Where(line => line.StartsWith(Said, StringComparison.Ordinal)), line => !line.Contains(More, StringComparison.Ordinal))
            .Select(block => new RecurringError(block));

    private static IEnumerable<List<string>> KindsIn(List<string> lines) => Blocks(
        lines.Where(line => line.Length > Row.Length), line => !line.StartsWith(Row + " ..", StringComparison.Ordinal));

    private static IEnumerable<List<string>> Blocks(IEnumerable<string> lines, Func<string, bool> begins)
    {
        List<string>? block = null;
        foreach (var line in lines)
        {
            if (block is not null && begins(line))
            {
                yield return block;
                block = null;
            }
            (block ??= []).Add(line);
        }
        if (block is not null) yield return block;
    }

    private static (long, long) CountsOf(List<string> lines, string of)
    {
        var line = lines.FindLast(line => line.Contains(of, StringComparison.Ordinal) && Counts().IsMatch(line));
        if (line is null) return default;
        var found = Counts().Match(line).Groups;
        return (Number(found[1].ValueSpan), Number(found[2].ValueSpan));
    }

    private static long Number(ReadOnlySpan<char> digits) =>
        long.TryParse(digits, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // A name in a message may be digits without end: none is looked at twice.
    [GeneratedRegex(@"(?<!\d)((?>\d+)) Warning; ((?>\d+)) Severe Errors")]
    private static partial Regex Counts();
}
