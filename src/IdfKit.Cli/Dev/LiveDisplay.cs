using System.Collections.Concurrent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IdfKit.Cli.Dev;

/// <summary>For a terminal: running models below, with their progress, and above them one line for each that is over.</summary>
internal sealed class LiveDisplay(IAnsiConsole console, RunTracker runs) : IRunDisplay
{
    private const int BarWidth = 24;
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(120);
    private readonly ConcurrentQueue<IRenderable> _lines = new();

    public void RunChanged(Run run)
    {
        if (!run.IsOver) return;
        var (sign, color) = run.IsCompleted ? ("✓", Color.Green) : ("✗", Color.Red);
        Enqueue($"{sign} {run.Status,-10} {RunText.Outcome(run)}", color);
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

    private Grid Active()
    {
        var grid = new Grid().AddColumns(3);
        foreach (var run in runs.Active)
        {
            var full = (int)Math.Round(Math.Clamp(run.Percent ?? 0, 0, 100) / 100 * BarWidth);
            grid.AddRow(
                new Text(run.Input, new Style(Color.Blue)),
                new Text(new string('━', full) + new string('─', BarWidth - full)),
                new Text(RunText.Progress(run)));
        }
        return grid;
    }
}
