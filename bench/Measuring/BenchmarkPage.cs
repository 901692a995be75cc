using System.Text;

namespace Measuring;

/// <summary>Keeps one section of the page of figures; the others stay as they are.</summary>
public static class BenchmarkPage
{
    public static void Write(string path, string section, string command, string report)
    {
        var (begin, end) = ($"<!-- begin {section} -->", $"<!-- end {section} -->");
        var body = $"{begin}\n## {section}\n\nMade by `{command}`.\n\n{report.Trim()}\n{end}";
        var page = File.Exists(path)
            ? File.ReadAllText(path)
            : "# Benchmarks\n\nFigures of noisy machines: compare within one table, never between two.\n";
        var from = page.IndexOf(begin, StringComparison.Ordinal);
        var to = page.IndexOf(end, StringComparison.Ordinal);
        page = from >= 0 && to > from ? page[..from] + body + page[(to + end.Length)..] : page.TrimEnd() + "\n\n" + body + "\n";
        File.WriteAllText(path, page, new UTF8Encoding(false));
    }
}
