using System.Globalization;

using IdfKit.Cli.Terminal;
using IdfKit.Simulation;

namespace IdfKit.Cli.Simulate;

/// <summary>Says how far the runs are: in one line that changes, and a line for each that has ended.</summary>
internal sealed class RunProgress(IReadOnlyList<string> names, ProgressLine line, TimeProvider time) : IProgress<BatchProgress>
{
    private const int BarWidth = 20;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, double?> _running = [];
    private readonly long _began = time.GetTimestamp();

    public void Report(BatchProgress value)
    {
        lock (_gate)
        {
            if (value.Current is { } current) _running[value.Index] = current.Percent;
            else _running.Remove(value.Index);
            line.Show(() => Line(value));
        }
    }

    /// <summary>Of one that has ended.</summary>
    public void Ended(string status, string name, string? message, int ended)
    {
        lock (_gate) line.Say(CliSentences.RowEnded(status, name, ended, names.Count, message));
    }

    /// <summary>What the record of one that has ended says besides.</summary>
    public void Told(IEnumerable<string> notices)
    {
        lock (_gate)
        {
            foreach (var notice in notices) line.Say("  " + CliSentences.Clean(notice));
        }
    }

    private string Line(BatchProgress value)
    {
        var parts = value.Ended + _running.Values.Sum(percent => (percent ?? 0) / 100);
        TimeSpan? left = parts < 1 ? null : time.GetElapsedTime(_began) * ((value.Total - parts) / parts);
        var running = _running.Select(one => one.Value is { } percent
            ? string.Create(CultureInfo.InvariantCulture, $"{names[one.Key]} {percent:0} %")
            : names[one.Key]);
        var bar = Bar.Of(parts, value.Total, BarWidth);
        return $"{bar} {CliSentences.RunsSoFar(value.Ended, value.Total, left, string.Join(", ", running))}";
    }
}
