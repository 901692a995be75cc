using IdfKit.Engine.Running.Hosts;

namespace IdfKit.Engine;

/// <summary>Whether <c>idfkit-engine</c> can keep an EnergyPlus warm on this machine, tried.</summary>
/// <param name="Loads">Whether a host loaded EnergyPlus's library and was ready for a run.</param>
/// <param name="Fault">Why not; null when it was.</param>
public sealed record EngineHostCheck(bool Loads, string? Fault)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Starts one host (0.15 s, 100 MB) and ends it again.</summary>
    /// <exception cref="EnergyPlusException">NotFound: there is no file at <paramref name="engineHostPath"/>. Broken or
    /// CannotStart.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the host is gone by then.</exception>
    public static async Task<EngineHostCheck> RunAsync(
        EnergyPlusInstallation installation, string engineHostPath, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(installation);
        var starter = new EngineStarter(installation, new() { EngineHostPath = engineHostPath, KillGrace = TimeSpan.Zero });
        if (starter.WhyNoHost() is { } reason) return new(false, reason);
        var host = await WarmHost.StartAsync(starter.StartHostAsync).ConfigureAwait(false);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Longest);
        string? fault;
        var stopping = deadline.Token.Register(host.Child.Stop);
        await using (stopping.ConfigureAwait(false)) fault = await host.GreetingAsync().ConfigureAwait(false);
        host.Child.Stop();
        await host.Child.Completion.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new(fault is null, fault);
    }
}
