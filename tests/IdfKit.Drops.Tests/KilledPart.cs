using IdfKit.Engine;
using IdfKit.Engine.Parts;
using IdfKit.Runs;

using TestBed;

namespace IdfKit.Drops.Tests;

/// <summary>Kills EnergyPlus as soon as it simulates the second part of a model.</summary>
internal static class KilledPart
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static PartEngine Second(PartEngine run) => async (request, progress, token) =>
    {
        if (!request.OutputDirectory.EndsWith("/2/out", StringComparison.Ordinal)) return await run(request, progress, token);
        var simulates = new Simulates();
        var running = run(request, simulates, token);
        await simulates.Task.WaitAsync(Token);
        await Signals.SendAsync("KILL", Assert.Single(CommandLines.With(request.OutputDirectory)), Token);
        return await running;
    };

    private sealed class Simulates : IProgress<EngineProgress>
    {
        private readonly TaskCompletionSource _does = new();

        public Task Task => _does.Task;

        public void Report(EngineProgress value)
        {
            if (value.Phase is EnginePhase.Simulating) _does.TrySetResult();
        }
    }
}
