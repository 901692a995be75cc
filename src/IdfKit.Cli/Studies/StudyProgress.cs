using System.Globalization;

using IdfKit.Simulation;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>
/// Says how far it is: on a terminal in one line that changes, with a line of its own for each row that did not complete; elsewhere in
/// a line for each row that has ended.
/// </summary>
internal sealed class StudyProgress(StudyPlan plan, TextWriter output, bool isTerminal, TimeProvider time) : IProgress<BatchProgress>
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(0.1);
    private const int WidestLine = 100;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, double?> _running = [];
    private readonly long _began = time.GetTimestamp();
    private long _said;
    private int _width;

    public void Report(BatchProgress value)
    {
        if (!isTerminal) return;
        lock (_gate)
        {
            if (value.Current is { } current) _running[value.Index] = current.Percent;
            else _running.Remove(value.Index);
            if (_width > 0 && time.GetElapsedTime(_said) < Between) return;
            _said = time.GetTimestamp();
            Show(Line(value));
        }
    }

    public void Ended(StudyEvent one)
    {
        var status = one.Result?.Record?.Status ?? IdfKit.Runs.RunStatus.Failed;
        var isCompleted = one.Result is { Succeeded: true };
        if (isTerminal && isCompleted) return;
        lock (_gate)
        {
            Show("");
            var word = isCompleted ? "completed" : CliSentences.Word(status);
            output.WriteLine(CliSentences.RowEnded(
                word, one.Variant.Name, one.Ended, one.Total, isCompleted ? null : one.Error?.Message ?? one.Result?.Message));
        }
    }

    /// <summary>Leaves the line empty for what is said next.</summary>
    public void End()
    {
        lock (_gate)
        {
            Show("");
            if (_width > 0) output.Write("\r");
            _width = 0;
        }
    }

    private string Line(BatchProgress value)
    {
        var running = _running.Select(one => one.Value is { } percent
            ? string.Create(CultureInfo.InvariantCulture, $"{plan.ToRun[one.Key].Name} {percent:0} %")
            : plan.ToRun[one.Key].Name);
        var line = CliSentences.Progress(value.Ended, value.Total, value.Failed, LeftOf(value), string.Join(", ", running));
        return line.Length <= WidestLine ? line : line[..(WidestLine - 1)] + "…";
    }

    private TimeSpan? LeftOf(BatchProgress value)
    {
        var parts = value.Ended + _running.Values.Sum(percent => (percent ?? 0) / 100);
        return parts < 1 ? null : time.GetElapsedTime(_began) * ((value.Total - parts) / parts);
    }

    private void Show(string line)
    {
        if (!isTerminal || line.Length == 0 && _width == 0) return;
        output.Write("\r" + line.PadRight(_width));
        if (line.Length == 0) output.Write("\r");
        _width = line.Length;
    }
}
