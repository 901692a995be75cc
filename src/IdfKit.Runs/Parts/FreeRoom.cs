using IdfKit.Engine;
using IdfKit.Engine.Parts;

namespace IdfKit.Runs.Parts;

/// <summary>What the machine has to spare for the parts of a run that is about to begin.</summary>
internal static class FreeRoom
{
    private static readonly TimeSpan MostForEngine = TimeSpan.FromSeconds(10); // which usually is ready within one

    /// <summary>Looks once the engine itself keeps no processor busy; soon, whether it is ready or not.</summary>
    /// <param name="engine">Runs the parts.</param>
    /// <param name="look">Looks at the machine.</param>
    /// <param name="request">The run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public static async Task<PartRoom> FindAsync(
        StartedEngine engine, Func<PartRoom> look, EngineRequest request, CancellationToken cancellationToken)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(request.Stop, cancellationToken);
        until.CancelAfter(request.Timeout < MostForEngine ? request.Timeout : MostForEngine);
        await engine.SettleAsync(until.Token).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return await PartRoom.SoonAsync(look, IdleTime.Now, cancellationToken).ConfigureAwait(false);
    }
}
