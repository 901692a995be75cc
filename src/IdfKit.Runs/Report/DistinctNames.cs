using IdfKit.Engine;

namespace IdfKit.Runs.Report;

/// <summary>Names cut to a length so that two of a list are not the same: programs make names that differ at their end alone.</summary>
internal static class DistinctNames
{
    private const int LongestNumber = 8;

    /// <summary>One line for each name, in their order.</summary>
    public static string[] Of(IReadOnlyList<string> names, int longest)
    {
        var lines = names.Select(name => OneLine.Of(name, longest)).ToArray();
        foreach (var at in Alike(lines)) lines[at] = HeadAndTail(names[at], longest);
        foreach (var (number, at) in Alike(lines).Index())
            lines[at] = $"{OneLine.Of(lines[at], longest - LongestNumber)} #{number + 1}";
        return lines;
    }

    /// <summary>The places of lines that stand there more than once.</summary>
    private static int[] Alike(string[] lines) =>
        [
            .. lines.Index().GroupBy(line => line.Item)
                .Where(group => group.Count() > 1)
                .SelectMany(group => group.Select(line => line.Index)),
        ];

    private static string HeadAndTail(string name, int longest)
    {
        var half = longest / 2;
        if (name.Length <= longest) return OneLine.Of(name, longest);
        var tail = OneLine.Of(name[^(half - 1)..], half);
        return OneLine.Of(name, half) + (char.IsLowSurrogate(tail, 0) ? tail[1..] : tail);
    }
}
