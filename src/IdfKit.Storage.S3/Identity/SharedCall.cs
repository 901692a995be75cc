namespace IdfKit.Storage.S3.Identity;

/// <summary>
/// One call at a time, shared by everybody who needs its answer meanwhile. It runs on the pool with a token of its own, so
/// that one caller's cancellation ends only that caller's waiting.
/// </summary>
internal sealed class SharedCall<T>(Func<CancellationToken, Task<T>> call, TimeSpan longest) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ending = new();
    private Task<T>? _running;

    /// <summary>The call that is running, or a new one. It ends at the latest when its time has passed.</summary>
    /// <exception cref="OperationCanceledException">The call took too long.</exception>
    public Task<T> Join()
    {
        lock (_lock)
        {
            return _running is { IsCompleted: false } running ? running : _running = RunAsync();
        }
    }

    /// <summary>Ends the call that is running.</summary>
    public void Dispose() => _ending.Cancel();

    private async Task<T> RunAsync()
    {
        // Parts of the SDK's chain block, so they may not run on the thread of a caller.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        time.CancelAfter(longest);
        return await call(time.Token).WaitAsync(time.Token).ConfigureAwait(false);
    }
}
