using System.Globalization;
using System.Text;

using IdfKit.Cli.Terminal;

namespace IdfKit.Cli.Watch;

/// <summary>For a terminal: a few lines that are written over, and above them one for each run that did not complete.</summary>
internal sealed class LiveView(TextWriter output) : IWatchView
{
    private const int MostRunning = 8, MostWaiting = 3, WidestBar = 30;
    private int _lines;

    public void Show(WatchState state, IReadOnlyList<WatchedRun> changed, TimeSpan? rest)
    {
        var width = Screen.Width - 1;
        var text = new StringBuilder(Back());
        foreach (var run in changed.Where(run => run.IsFailure))
            text.Append(Screen.Fit(CliSentences.WatchedRun(run.Status, run.Name, run.Seconds, null, run.Message), width)).Append('\n');
        var lines = Lines(state, rest, width).ToList();
        foreach (var line in lines) text.Append(Screen.Fit(line, width)).Append('\n');
        output.Write(text);
        _lines = lines.Count;
    }

    public void End() => _lines = 0;

    private static IEnumerable<string> Lines(WatchState state, TimeSpan? rest, int width)
    {
        var bar = Bar.Of(state.Ended, state.Runs.Count, Math.Min(WidestBar, width / 2));
        yield return string.Create(CultureInfo.InvariantCulture, $"{bar} {state.Ended:#,0}/{state.Runs.Count:#,0}");
        yield return CliSentences.Watched(state.Counts, state.Runs.Count, rest);
        foreach (var run in state.Running.Take(MostRunning))
            yield return "  " + CliSentences.RunsNow(run.Name, state.Progress.GetValueOrDefault(run.Folder));
        var waiting = state.Waiting.Take(MostWaiting).Select(run => run.Name).ToList();
        if (waiting.Count > 0) yield return CliSentences.Waits(waiting, state.Counts[WatchedRun.Waiting]);
    }

    private string Back() => _lines == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\u001b[{_lines}A\r\u001b[J");
}
