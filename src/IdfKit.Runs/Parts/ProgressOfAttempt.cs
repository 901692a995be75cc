using IdfKit.Engine;

namespace IdfKit.Runs.Parts;

/// <summary>
/// Tells of one of two attempts at a run: in parts, and whole where parts are not used. Time goes on from the first to the second, and the
/// first is complete only when its parts are joined.
/// </summary>
/// <param name="progress">Is told.</param>
/// <param name="before">How long the run had gone on when the attempt began.</param>
/// <param name="isJoined">Whether it may be told of as complete.</param>
internal sealed class ProgressOfAttempt(IProgress<EngineProgress> progress, TimeSpan before, bool isJoined) : IProgress<EngineProgress>
{
    public void Report(EngineProgress value) => progress.Report(value with
    {
        Elapsed = before + value.Elapsed,
        Phase = !isJoined && value.Phase > EnginePhase.Simulating ? EnginePhase.Simulating : value.Phase,
    });
}
