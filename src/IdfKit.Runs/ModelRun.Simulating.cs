using System.Diagnostics;

using IdfKit.Engine;
using IdfKit.Runs.Parts;
using IdfKit.Runs.Publishing;

namespace IdfKit.Runs;

/// <summary>Runs EnergyPlus, by one process or in parts side by side.</summary>
internal sealed partial class ModelRun
{
    private const double All = 100; // percent

    /// <summary>Why a model of which parts were to run side by side is simulated by one process, as far as the request says it.</summary>
    private string? WhyOneProcess => Request switch
    {
        { Study: not null } or { Parallel: Parallelism.Off } => null,
        { IsAmongOthers: true, Parallel: Parallelism.Year } => RunSentences.YearWhole(EngineSentences.AmongOthers),
        { IsAmongOthers: true } when Model.Plan.RunPeriods > 1 => RunSentences.PeriodsNotApart(EngineSentences.AmongOthers),
        _ => null,
    };

    /// <param name="stop">Ends EnergyPlus early; what it has written is kept.</param>
    private EngineRequest EngineRequestUntil(CancellationToken stop) => new()
    {
        ModelPath = ModelPath,
        WeatherPath = WeatherPath,
        OutputDirectory = workspace.Outputs,
        WorkingDirectory = WorkingDirectory,
        Annual = Request.Annual,
        DesignDay = IsDesignDay,
        ExpandObjects = Expands && !_isExpanded,
        ReadVars = Request.ReadVars,
        Timeout = Request.Timeout ?? Request.LongestRun,
        Stop = stop,
        OutputPrefix = Request.OutputPrefix,
        OutputSuffix = Request.OutputSuffix,
        ExtraArguments = Request.ExtraArguments,
    };

    private async Task<EngineRun> RunAsync(
        EngineRequest request, TimeSpan left, IProgress<EngineProgress>? progress, CancellationToken cancellationToken)
    {
        var engine = engines.For(Installation);
        var began = Stopwatch.GetTimestamp();
        if (!Request.MaySplit) return await engine.Run(request, progress, cancellationToken).ConfigureAwait(false);
        var parts = progress is null ? null : new ProgressOfAttempt(progress, TimeSpan.Zero, isJoined: false);
        var ended = await RunPartsAsync(engine, request, left, parts, cancellationToken).ConfigureAwait(false);
        Notice([ended.Notice]);
        Record = Record with { Segments = ended.Segments };
        _parts = ended;
        var taken = Stopwatch.GetElapsedTime(began);
        if (ended.Run is { } joined)
        {
            if (joined.Outcome is RunOutcome.Completed) progress?.Report(new(EnginePhase.Complete, All, null, null, taken));
            return joined;
        }
        var timeout = request.Timeout - taken;
        request = request with { Timeout = timeout > TimeSpan.Zero ? timeout : TimeSpan.FromMilliseconds(1) };
        var whole = progress is null ? null : new ProgressOfAttempt(progress, taken, isJoined: true);
        var run = await engine.Run(request, whole, cancellationToken).ConfigureAwait(false);
        return run with { CpuTime = run.CpuTime + ended.Spent };
    }

    private async Task<PartsEnded> RunPartsAsync(
        StartedEngine engine, EngineRequest request, TimeSpan left, IProgress<EngineProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (Request.Parallel is Parallelism.Year)
        {
            var year = new YearRun(workspace, engine, engines, left < request.Timeout ? left : request.Timeout);
            return await year.RunAsync(Model, request, progress, cancellationToken).ConfigureAwait(false);
        }
        if (Model.Plan.RunPeriods < 2) return PartsEnded.Whole();
        var rule = RuleFor(ResultRule.LongestName);
        var periods = new PeriodsRun(workspace, engine, engines, name => rule.Keeps(name));
        return await periods.RunAsync(Model, request, progress, cancellationToken).ConfigureAwait(false);
    }
}
