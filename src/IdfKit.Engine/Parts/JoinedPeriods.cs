namespace IdfKit.Engine.Parts;

/// <summary>Joins <c>.eio</c> files: the first, and behind its last environment those of the others.</summary>
internal static class JoinedPeriods
{
    private const string Environment = "Environment,";
    private const string Kind = "WeatherFileRunPeriod";

    // What EnergyPlus says of an environment begins so.
    private static readonly string[] Lines = ["Environment", " Warmup Convergence Information,"];

    public static void Write(IReadOnlyList<FileStream> parts, FileStream into, string name)
    {
        var whole = PartLines.Of(parts[0], name);
        var behind = EndOfPeriod(whole, StartOfPeriod(whole, name));
        var others = parts.Skip(1).SelectMany(part => PeriodOf(PartLines.Of(part, name), name));
        whole.InsertRange(behind, others.ToList());
        PartLines.Write(into, whole);
    }

    /// <summary>What is said of the run period, without the titles and the rest that stand among it in the first one.</summary>
    private static IEnumerable<string> PeriodOf(List<string> lines, string name)
    {
        var start = StartOfPeriod(lines, name);
        return lines[start..EndOfPeriod(lines, start)].Where(IsOfPeriod);
    }

    private static int StartOfPeriod(List<string> lines, string name)
    {
        var start = lines.FindLastIndex(line =>
            line.StartsWith(Environment, StringComparison.Ordinal) && line.Contains(Kind, StringComparison.Ordinal));
        return start >= 0 ? start : throw new PartsUnlikeException(EngineSentences.Unreadable(name));
    }

    private static int EndOfPeriod(List<string> lines, int start)
    {
        var last = lines.FindLastIndex(IsOfPeriod);
        return Math.Max(last, start) + 1;
    }

    private static bool IsOfPeriod(string line) => Array.Exists(Lines, begin => line.StartsWith(begin, StringComparison.Ordinal));
}
