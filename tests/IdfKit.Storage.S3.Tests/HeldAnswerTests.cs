using FaultProxies;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>A bucket behind a proxy that holds answers back until the test lets them go.</summary>
public abstract class HeldAnswerTests(RgwServer rgw) : IAsyncLifetime
{
    private protected static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5), Long = TimeSpan.FromSeconds(30);

    private protected ProxiedBucket Proxied { get; } = new(rgw);

    private protected FaultProxy Proxy => Proxied.Proxy;

    /// <summary>Lets the held answers go; at the latest when the test ends.</summary>
    private protected TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Release.TrySetResult();
        await Proxied.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
