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
    public IEnumerable<string> Lines => _lines.Select(line =>
        line.Contains(Times, StringComparison.Ordinal) ? Numbers().Replace(line, Text0(InAll), 1)
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
        var (one, two) = (Extremes().Match(line), Extremes().Match(other));
        if (!one.Success || !two.Success) return line;
        var most = Further(one.Groups["max"].Value, two.Groups["max"].Value, 1);
        var least = Further(one.Groups["min"].Value, two.Groups["min"].Value, -1);
        return Extremes().Replace(line, found => found.Value
            .Replace("Max=" + found.Groups["max"].Value, "Max=" + most, StringComparison.Ordinal)
            .Replace("Min=" + found.Groups["min"].Value, "Min=" + least, StringComparison.Ordinal));
    }

    private static string Further(string one, string two, int sign) =>
        double.TryParse(one, CultureInfo.InvariantCulture, out var first)
            && double.TryParse(two, CultureInfo.InvariantCulture, out var second)
            && sign * second > sign * first ? two : one;

    private long CountIn(string mark)
    {
        var line = _lines.Find(line => line.Contains(mark, StringComparison.Ordinal));
        return line is not null && Numbers().Match(line) is { Success: true } found
            && long.TryParse(found.ValueSpan, CultureInfo.InvariantCulture, out var count) ? count : 0;
    }

    private static string Text0(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d+(?=( total)? times)")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"Max=(?<max>\S+).*Min=(?<min>\S+)")]
    private static partial Regex Extremes();
}
