using IdfKit.Engine;
using IdfKit.Engine.Parts.Year;

namespace IdfKit.Runs.Parts;

/// <summary>
/// Follows how fast the parts of a year go on. What was expected of the model's text may be far off; once they have shown that there is
/// no time for the whole year after them, and while there is for it alone, they are stopped.
/// </summary>
internal sealed class YearPace : IProgress<EngineProgress>, IDisposable
{
    // Before that sizing and warm-up count for much, and EnergyPlus tells a day once in a shading period alone.
    private const double LeastPercent = 25;

    private readonly YearPlan _plan;
    private readonly YearTime _time;
    private readonly IProgress<EngineProgress>? _progress;
    private readonly CancellationTokenSource _stop;

    /// <param name="plan">The year.</param>
    /// <param name="time">How long all may take from here on.</param>
    /// <param name="progress">Is told what this is told.</param>
    /// <param name="stop">Ends the parts, too.</param>
    public YearPace(YearPlan plan, YearTime time, IProgress<EngineProgress>? progress, CancellationToken stop)
    {
        (_plan, _time, _progress) = (plan, time, progress);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <summary>Ends the parts.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Why they were stopped for the whole year, as the rest of a sentence; null when they were not.</summary>
    public string? WhyNot { get; private set; }

    public void Report(EngineProgress value)
    {
        _progress?.Report(value);
        if (WhyNot is not null || value.Percent is not { } percent || percent < LeastPercent) return;
        WhyNot = _time.WhyNot(_plan, percent / 100, value.Elapsed);
        if (WhyNot is not null) _stop.CancelAfter(TimeSpan.Zero); // on another thread: who reports is not held up
    }

    public void Dispose() => _stop.Dispose();
}
