namespace IdfKit.Cli.Dev;

/// <summary>
/// Lines that can be piped: one for each run that is over, with the counts; while nothing waits also one when a run starts and one for
/// each phase.
/// </summary>
internal sealed class PlainDisplay(TextWriter output, Tally tally) : IRunDisplay
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    public Task ShowAsync(CancellationToken cancellationToken) =>
        Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);

    public void RunChanged(Run run)
    {
        lock (_gate)
        {
            if (run.IsOver)
            {
                _shown.Remove(run.Folder);
                var counts = tally.IsWorthSaying ? $"  ({tally})" : "";
                Write(run.Status, RunText.Outcome(run) + counts);
                return;
            }
            // A tenth of the way is news, a percent is not; and of many models only how they ended.
            var stage = $"{run.Phase}/{run.SimulatedEnvironment}/{(int)(run.Percent ?? 0) / 10}";
            if (_shown.GetValueOrDefault(run.Folder) == stage || tally.Waiting > 0) return;
            _shown[run.Folder] = stage;
            Write("running", $"{run.Input}  {RunText.Progress(run)}");
        }
    }

    public void Trouble(string sentence)
    {
        lock (_gate) Write("error", sentence);
    }

    public void Ignored(string sentence)
    {
        lock (_gate) Write("ignored", sentence);
    }

    private void Write(string kind, string text) => output.WriteLine($"{kind.Replace('_', ' '),-10}  {text}");
}
