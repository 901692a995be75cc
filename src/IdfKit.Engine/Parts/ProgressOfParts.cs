namespace IdfKit.Engine.Parts;

/// <summary>
/// Tells of parts as of one run: how far they are on the average, those that have not begun among them. Neither the percentage nor the
/// phase ever goes back.
/// </summary>
/// <param name="progress">Is told.</param>
/// <param name="parts">How many there are.</param>
/// <param name="elapsed">For how long the whole has run.</param>
internal sealed class ProgressOfParts(IProgress<EngineProgress> progress, int parts, Func<TimeSpan> elapsed)
{
    private const double All = 100;

    private readonly Lock _gate = new();
    private readonly double[] _percents = new double[parts];
    private readonly bool[] _areComplete = new bool[parts];
    private EnginePhase _phase = EnginePhase.Initializing;

    /// <summary>What a part reports to.</summary>
    public IProgress<EngineProgress> Of(int part) => new Part(this, part);

    private void Report(int part, EngineProgress value)
    {
        // The caller's handler may be slow; what comes in meanwhile waits, so that no older state is told after a newer one.
        lock (_gate)
        {
            _percents[part] = Math.Max(_percents[part], PercentOf(value));
            _areComplete[part] |= value.Phase is EnginePhase.Complete;
            var percent = Math.Round(_percents.Average(), 1);
            _phase = (EnginePhase)Math.Max((int)_phase, (int)PhaseOf(value.Phase));
            progress.Report(new(_phase, percent > 0 ? percent : null, value.Environment, value.Day, elapsed())
            {
                WarmupDay = _phase is EnginePhase.Warmup ? value.WarmupDay : null,
            });
        }
    }

    /// <summary>What one part is behind, the whole is only when all are.</summary>
    private EnginePhase PhaseOf(EnginePhase ofPart) => ofPart switch
    {
        <= EnginePhase.Simulating => ofPart,
        _ when Array.TrueForAll(_areComplete, isComplete => isComplete) => EnginePhase.Complete,
        _ when Array.TrueForAll(_percents, percent => percent >= All) => EnginePhase.PostProcessing,
        _ => EnginePhase.Simulating,
    };

    private static double PercentOf(EngineProgress value) => value.Phase switch
    {
        EnginePhase.Simulating => value.Percent ?? 0,
        EnginePhase.PostProcessing or EnginePhase.Complete => All,
        _ => 0,
    };

    private sealed class Part(ProgressOfParts whole, int part) : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value) => whole.Report(part, value);
    }
}
