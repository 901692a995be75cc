using System.Text;
using System.Text.RegularExpressions;

using TestBed;

namespace HostBench;

/// <summary>One model through both engines, and their files side by side.</summary>
internal static partial class Comparison
{
    /// <returns>How many files differ in more than moments and durations.</returns>
    public static async Task<int> RunAsync(BothEngines engines, string model)
    {
        using var kept = new TemporaryFolder();
        var plain = await engines.RunAsync(model, warm: false);
        Directory.Move(engines.Output, kept["plain"]);
        var warm = await engines.RunAsync(model, warm: true);

        var names = Names(kept["plain"]).Union(Names(engines.Output)).Order(StringComparer.Ordinal).ToList();
        var differing = names.Where(name => !AreSame(Path.Combine(kept["plain"], name), Path.Combine(engines.Output, name))).ToList();
        var size = new DirectoryInfo(engines.Output).GetFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Console.WriteLine($"{Path.GetFileNameWithoutExtension(model)}: {names.Count} files, "
            + $"{size / 1e6:0.0} MB, plain {plain.Elapsed.TotalSeconds:0.00} s, host "
            + $"{warm.Elapsed.TotalSeconds:0.00} s, "
            + $"{(differing.Count == 0 ? "same" : "DIFFERENT: " + string.Join(", ", differing))}");
        return differing.Count;
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path));

    private static bool AreSame(string one, string other)
    {
        if (!File.Exists(one) || !File.Exists(other)) return false;
        var (first, second) = (File.ReadAllBytes(one), File.ReadAllBytes(other));
        return first.AsSpan().SequenceEqual(second) || WithoutMoments(first) == WithoutMoments(second);
    }

    private static string WithoutMoments(byte[] bytes) => Moments().Replace(Encoding.Latin1.GetString(bytes), "MOMENT");

    /// <summary>"YMD=2026.11.23 03:31", "2026-11-23\n  03:31:26" (tables), "00hr 00min  0.34sec".</summary>
    [GeneratedRegex(@"YMD=\d{4}\.\d\d\.\d\d \d\d:\d\d|\d{4}-\d\d-\d\d\s+\d\d:\d\d:\d\d|\d\dhr \d\dmin +\d+\.\d+sec",
        RegexOptions.None, 60_000)]
    private static partial Regex Moments();
}
