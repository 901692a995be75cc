namespace IdfKit.Engine.Parts;

/// <summary>Tells of parts that run at once how far the one is that is least far.</summary>
internal sealed class LeastProgress(IProgress<EngineProgress> progress, int parts)
{
    private readonly Lock _gate = new();
    private readonly EngineProgress?[] _last = new EngineProgress?[parts];

    /// <summary>What a part reports to.</summary>
    public IProgress<EngineProgress> Of(int part) => new Part(this, part);

    private void Report(int part, EngineProgress value)
    {
        // The caller's handler may be slow; what comes in meanwhile waits, so that no older state is told after a newer one.
        lock (_gate)
        {
            _last[part] = value;
            if (value.Phase is EnginePhase.Complete && !_last.All(other => other is { Phase: EnginePhase.Complete })) return;
            var least = _last.OfType<EngineProgress>().MinBy(Rank)!;
            if (ReferenceEquals(least, value)) progress.Report(value);
        }
    }

    private static double Rank(EngineProgress progress) => progress.Phase switch
    {
        EnginePhase.Initializing => -2,
        EnginePhase.Warmup => -1,
        EnginePhase.Simulating => progress.Percent ?? 0,
        EnginePhase.PostProcessing => 101,
        _ => 102,
    };

    private sealed class Part(LeastProgress whole, int part) : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value) => whole.Report(part, value);
    }
}
