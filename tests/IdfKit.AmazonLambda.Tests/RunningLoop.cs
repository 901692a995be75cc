using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace IdfKit.AmazonLambda.Tests;

/// <summary>A loop of the stand-ins that asks its own Runtime API for work until the test is over.</summary>
internal sealed class RunningLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancel =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly LambdaBootstrap _bootstrap;
    private readonly Task _run;

    public RunningLoop(Func<Stream, ILambdaContext, Task<Stream>> handler, LambdaBootstrapInitializer? initializer = null)
    {
        var builder = LambdaBootstrapBuilder.Create(handler).ConfigureOptions(options => options.RuntimeApiEndpoint = Api.Endpoint);
        _bootstrap = (initializer is null ? builder : builder.UseBootstrapHandler(initializer)).Build();
        _run = _bootstrap.RunAsync(_cancel.Token);
    }

    public ScriptedRuntimeApi Api { get; } = new();

    /// <summary>The loop's end; one that does not come fails the test.</summary>
    public Task EndAsync() => _run.WaitAsync(TimeSpan.FromSeconds(30));

    public void Cancel() => _cancel.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _cancel.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _bootstrap.Dispose();
        await Api.DisposeAsync();
        _cancel.Dispose();
    }
}
