using System.Globalization;
using System.Text.RegularExpressions;

namespace IdfKit.Engine.Parts;

/// <summary>A message that EnergyPlus sums up at the end, with how often it came and its extremes.</summary>
internal sealed partial class RecurringError
{
    private const string Times = "total times;", Warmup = "during Warmup", Sizing = "during Sizing";

    private readonly List<string> _lines;

    public RecurringError(List<string> lines)
    {
        _lines = lines;
        (InAll, InWarmup, InSizing) = (CountIn(Times), CountIn(Warmup), CountIn(Sizing));
    }

    private RecurringError(List<string> lines, long all, long warmup, long sizing) =>
        (_lines, InAll, InWarmup, InSizing) = (lines, all, warmup, sizing);

    /// <summary>By this, messages of two parts are the same.</summary>
    public string Text => _lines[0];

    public long InAll { get; }

    public long InWarmup { get; }

    public long InSizing { get; }

    public bool IsSevere => Text.Contains("** Severe", StringComparison.Ordinal);

    /// <summary>The lines as they stand in the file.</summary>
    public IEnumerable<string> Lines => _lines.Select((line, index) =>
        index == 0 ? line
        : line.Contains(Times, StringComparison.Ordinal) ? Numbers().Replace(line, Text0(InAll), 1)
        : line.Contains(Warmup, StringComparison.Ordinal) ? Numbers().Replace(line, Text0(InWarmup), 1)
        : line.Contains(Sizing, StringComparison.Ordinal) ? Numbers().Replace(line, Text0(InSizing), 1)
        : line);

    /// <summary>Together with the same message of a later part, whose sizing has been told with this one's.</summary>
    public RecurringError With(RecurringError later)
    {
        var lines = _lines.ToList();
        for (var at = 0; at < Math.Min(lines.Count, later._lines.Count); at++) lines[at] = Wider(lines[at], later._lines[at]);
        return new(lines, InAll + later.InAll - later.InSizing, InWarmup + later.InWarmup, InSizing);
    }

    /// <summary>As it counts where the sizing has been told before.</summary>
    public RecurringError WithoutSizing() => new(_lines, InAll - InSizing, InWarmup, 0);

    private static string Wider(string line, string other)
    {
        foreach (var (mark, sign) in new[] { ("Max=", 1), ("Min=", -1) })
            if (Extreme(line, mark) is var (start, value) && Extreme(other, mark) is var (_, second))
                line = line[..start] + Further(value, second, sign) + line[(start + value.Length)..];
        return line;
    }

    /// <summary>Where the number behind a mark stands; null where there is none.</summary>
    private static (int Start, string Value)? Extreme(string line, string mark)
    {
        var start = line.LastIndexOf(mark, StringComparison.Ordinal) + mark.Length;
        if (start < mark.Length) return null;
        var blank = line.IndexOf(' ', start);
        return (start, blank < 0 ? line[start..] : line[start..blank]);
    }

    private static string Further(string one, string two, int sign) =>
        double.TryParse(one, CultureInfo.InvariantCulture, out var first)
            && double.TryParse(two, CultureInfo.InvariantCulture, out var second)
            && sign * second > sign * first ? two : one;

    private long CountIn(string mark)
    {
        var line = _lines.Skip(1).FirstOrDefault(line => line.Contains(mark, StringComparison.Ordinal)); // the first names things
        return line is not null && Numbers().Match(line) is { Success: true } found
            && long.TryParse(found.ValueSpan, CultureInfo.InvariantCulture, out var count) ? count : 0;
    }

    private static string Text0(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<!\d)(?>\d+)(?=( total)? times)")]
    private static partial Regex Numbers();
}
