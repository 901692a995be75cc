using System.Globalization;

using IdfKit.Cli.Terminal;
using IdfKit.Simulation;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>
/// Says how far it is: on a terminal in one line that changes, with a line of its own for each row that did not complete; elsewhere in
/// a line for each row that has ended.
/// </summary>
internal sealed class StudyProgress(StudyPlan plan, TextWriter output, bool isTerminal, TimeProvider time) : IProgress<BatchProgress>
{
    private readonly Lock _gate = new();
    private readonly ProgressLine _line = new(output, isTerminal, time);
    private readonly SortedDictionary<int, double?> _running = [];
    private readonly long _began = time.GetTimestamp();

    public void Report(BatchProgress value)
    {
        if (!isTerminal) return;
        lock (_gate)
        {
            if (value.Current is { } current) _running[value.Index] = current.Percent;
            else _running.Remove(value.Index);
            _line.Show(() => Line(value));
        }
    }

    public void Ended(StudyEvent one)
    {
        var status = one.Result?.Record?.Status ?? IdfKit.Runs.RunStatus.Failed;
        var isCompleted = one.Result is { Succeeded: true };
        if (isTerminal && isCompleted) return;
        var word = isCompleted ? "completed" : CliSentences.Word(status);
        var message = isCompleted ? null : one.Error?.Message ?? one.Result?.Message;
        lock (_gate) _line.Say(CliSentences.RowEnded(word, one.Variant.Name, one.Ended, one.Total, message));
    }

    /// <summary>Leaves the line empty for what is said next.</summary>
    public void End() => _line.End();

    private string Line(BatchProgress value)
    {
        var running = _running.Select(one => one.Value is { } percent
            ? string.Create(CultureInfo.InvariantCulture, $"{plan.ToRun[one.Key].Name} {percent:0} %")
            : plan.ToRun[one.Key].Name);
        return CliSentences.Progress(value.Ended, value.Total, value.Failed, LeftOf(value), string.Join(", ", running));
    }

    private TimeSpan? LeftOf(BatchProgress value)
    {
        var parts = value.Ended + _running.Values.Sum(percent => (percent ?? 0) / 100);
        return parts < 1 ? null : time.GetElapsedTime(_began) * ((value.Total - parts) / parts);
    }
}
