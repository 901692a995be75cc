using IdfKit.Engine;
using IdfKit.Runs.Parts;

namespace IdfKit.Runs.Tests.Parts;

/// <summary>What is told of a run that is tried in parts, and then whole.</summary>
public sealed class ProgressOfAttemptTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Parts_are_not_complete_before_they_are_joined_and_time_goes_on_in_the_second_attempt()
    {
        List<EngineProgress> told = [];
        var progress = new Told(told);
        var parts = new ProgressOfAttempt(progress, TimeSpan.Zero, isJoined: false);
        parts.Report(new(EnginePhase.Warmup, null, "P", null, Minute));
        parts.Report(new(EnginePhase.Complete, 100, null, null, 2 * Minute));
        var whole = new ProgressOfAttempt(progress, 3 * Minute, isJoined: true);
        whole.Report(new(EnginePhase.Initializing, null, null, null, TimeSpan.Zero));
        whole.Report(new(EnginePhase.Complete, 100, null, null, Minute));
        Assert.Equal(
            [
                (EnginePhase.Warmup, Minute), (EnginePhase.Simulating, 2 * Minute), (EnginePhase.Initializing, 3 * Minute),
                (EnginePhase.Complete, 4 * Minute),
            ],
            told.Select(one => (one.Phase, one.Elapsed)));
    }

    private sealed class Told(List<EngineProgress> told) : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value) => told.Add(value);
    }
}
