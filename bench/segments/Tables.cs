using System.Globalization;
using System.Text;

using Measuring;

namespace SegmentsBench;

/// <summary>Two tables with a row for each model: figures, and times.</summary>
internal sealed class Tables
{
    private readonly StringBuilder _figures = new(), _times = new();
    private readonly List<string> _others = [];

    /// <summary>Whether every year that was joined is as near to the whole one as the criteria want it.</summary>
    public bool AllWithin { get; private set; } = true;

    public Tables()
    {
        _figures.AppendLine("| model | parts | shading days | check: fuel or end use, % of the year | check: zone air, K | "
            + "worst end use, % | site, % | source, % | peaks, % | peaks at the same moment | unmet, h | "
            + "worst month, % | electricity by the hour, CV % | zone air, K | series named | beyond the criteria |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        _times.AppendLine("| model | whole, s | in parts, s | ratio | processor time whole, s | in parts, s | ratio | "
            + "`idfkit run`, s | `--parallel year`, s | ratio | as many `idfkit run` at once, s | ratio of one | of parts to that |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    }

    /// <summary>Adds a model, and gives what is said of it.</summary>
    public string Add(string name, YearRuns runs)
    {
        var row = Row(name, runs);
        var times = string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {Seconds(runs.Whole.Time)} | {Seconds(runs.Parts.Time)} | "
                + $"{Figures.Ratio(runs.Parts.Time.Median, runs.Whole.Time.Median)} | {Seconds(runs.Whole.Cpu)} | "
                + $"{Seconds(runs.Parts.Cpu)} | {Figures.Ratio(runs.Parts.Cpu.Median, runs.Whole.Cpu.Median)} | {OfTool(runs.Tool)} |");
        _times.AppendLine(times);
        return $"{row}\n{times}";
    }

    public override string ToString() => $"{_figures}\n{string.Concat(_others)}\n{_times}";

    private string Row(string name, YearRuns runs)
    {
        if (runs.Fault is { } fault) return Other($"- {name} did not run. {fault}");
        var record = runs.Parts.Last!.Record!;
        if (record.Segments is not { Seams: { } seams } segments)
            return Other($"- {name}: {record.Notices.FirstOrDefault(IsOfYear)}");
        var pair = new YearPair(runs.Whole.Last!, runs.Parts.Last);
        AllWithin &= pair.Beyond.Count == 0;
        var row = string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {segments.Count} | {segments.ShadingPeriodDays} | {seams.Max(seam => seam.WorstMeterPercentOfYear):0.0000} | "
                + $"{seams.Max(seam => seam.ZoneAirMaxK):0.000} | {pair.WorstEndUsePercent:0.000} | {pair.SitePercent:0.000} | "
                + $"{pair.SourcePercent:0.000} | {pair.PeakPercent:0.000} | {pair.PeaksAtOnce} | {pair.UnmetHours:0.00} | "
                + $"{pair.WorstMonthPercent:0.000} | {pair.HourlyElectricityPercent:0.000} | {pair.ZoneAirKelvin:0.000} | "
                + $"{segments.Apart?.Count ?? 0} | {string.Join("; ", pair.Beyond)} |");
        _figures.AppendLine(row);
        return row;
    }

    private static bool IsOfYear(string notice) => notice.Contains("parallel: year", StringComparison.Ordinal);

    private string Other(string line)
    {
        _others.Add(line + "\n");
        return line;
    }

    private static string OfTool(RunsOfTool? tool) => tool is null
        ? "| | | | |"
        : tool.Fault is { } fault
        ? $"{fault} | | | | |"
        : $"{Seconds(tool.Whole)} | {Seconds(tool.Parts)} | {Figures.Ratio(tool.Parts.Median, tool.Whole.Median)} | "
            + $"{Seconds(tool.WholeBesideOthers)} | {Figures.Ratio(tool.WholeBesideOthers.Median, tool.Whole.Median)} | "
            + $"{Figures.Ratio(tool.Parts.Median, tool.WholeBesideOthers.Median)}";

    private static string Seconds(Figures figures) => (figures.Median / 1000).ToString("0.00", CultureInfo.InvariantCulture);
}
