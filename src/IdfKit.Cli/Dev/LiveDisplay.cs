using System.Collections.Concurrent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IdfKit.Cli.Dev;

/// <summary>
/// For a terminal: running models below, with their progress and the counts, and above them one line for each that is over.
/// </summary>
internal sealed class LiveDisplay(IAnsiConsole console, RunTracker runs, Tally tally) : IRunDisplay
{
    private const int MostShown = 12; // what does not fit on a screen is counted
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(120);
    private readonly ConcurrentQueue<IRenderable> _lines = new();

    public void RunChanged(Run run)
    {
        if (!run.IsOver) return;
        var (sign, color) = run.IsCompleted ? ("✓", Color.Green) : ("✗", Color.Red);
        Enqueue($"{sign} {run.Status.Replace('_', ' '),-10} {RunText.Outcome(run)}", color);
    }

    public void Trouble(string sentence) => Enqueue("✗ " + sentence, Color.Red);

    public void Ignored(string sentence) => Enqueue("· " + sentence, Color.Yellow);

    public Task ShowAsync(CancellationToken cancellationToken) => console.Live(Active()).AutoClear(true).StartAsync(async live =>
    {
        while (true)
        {
            while (_lines.TryDequeue(out var line)) console.Write(line);
            live.UpdateTarget(Active());
            if (cancellationToken.IsCancellationRequested) return;
            await Task.Delay(BetweenFrames, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    });

    /// <summary>As wide as the terminal: the line is written over a running one, whose end would show behind it.</summary>
    private void Enqueue(string line, Color color) =>
        _lines.Enqueue(new Text(line.PadRight(console.Profile.Width - 1) + "\n", new Style(color)));

    private Rows Active()
    {
        var columns = console.Profile.Width - 1;
        var active = runs.Active;
        var lines = active.Take(MostShown).Select(run => new Text(RunText.InColumns(run, columns), new Style(Color.Blue))).ToList();
        if (tally.IsWorthSaying) lines.Add(new Text(RunText.Cut(tally.ToString(), columns)));
        return new Rows(lines);
    }
}
