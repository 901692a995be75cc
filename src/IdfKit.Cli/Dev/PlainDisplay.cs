namespace IdfKit.Cli.Dev;

/// <summary>Lines that can be piped: one when a run starts, one for each phase, one when it is over.</summary>
internal sealed class PlainDisplay(TextWriter output) : IRunDisplay
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
                output.WriteLine($"{run.Status,-10}  {RunText.Outcome(run)}");
                return;
            }
            // A tenth of the way is news, a percent is not.
            var stage = $"{run.Phase}/{run.SimulatedEnvironment}/{(int)(run.Percent ?? 0) / 10}";
            if (_shown.GetValueOrDefault(run.Folder) == stage) return;
            _shown[run.Folder] = stage;
            output.WriteLine($"{"running",-10}  {run.Input}  {RunText.Progress(run)}");
        }
    }

    public void Trouble(string sentence)
    {
        lock (_gate) output.WriteLine($"{"error",-10}  {sentence}");
    }

    public void Ignored(string sentence)
    {
        lock (_gate) output.WriteLine($"{"ignored",-10}  {sentence}");
    }
}
