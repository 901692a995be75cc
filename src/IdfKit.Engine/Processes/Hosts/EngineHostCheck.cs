namespace IdfKit.Engine;

/// <summary>Whether an engine host works with an EnergyPlus on this machine, tried.</summary>
/// <param name="Works">Whether it has loaded EnergyPlus's library and was ready for a job.</param>
/// <param name="Answer">Why not; empty when it works.</param>
public sealed record EngineHostCheck(bool Works, string Answer)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Starts one host (0.15 s, 180 MB) and ends it again.</summary>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public static async Task<EngineHostCheck> RunAsync(EnergyPlusInstallation installation, string engineHostPath, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(installation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(Longest);
        string? reason;
        try
        {
            var starter = new EngineStarter(installation, new() { EngineHostPath = engineHostPath, KillGrace = TimeSpan.Zero });
            if (starter.WhyNoHost() is { } never) return new(false, never);
            var host = await WarmHost.StartAsync(starter).ConfigureAwait(false);
            var stopping = stop.Token.Register(host.Child.Stop);
            await using (stopping.ConfigureAwait(false)) reason = await host.WhenReadyAsync().ConfigureAwait(false);
            host.Child.Stop();
            await host.Child.Completion.ConfigureAwait(false);
        }
        catch (EnergyPlusException e) { reason = e.Message; }
        cancellationToken.ThrowIfCancellationRequested();
        return new(reason is null, reason ?? "");
    }
}
