namespace IdfKit.Storage.S3.Transfers;

/// <summary>
/// Whether the caller was told that something was created. An answer that arrives after the caller has stopped waiting
/// asks it before it undoes anything, since the caller may have found the work done by another way.
/// </summary>
internal sealed class CreationOutcome : IDisposable
{
    private readonly TaskCompletionSource<bool> _stands = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The caller is told that it was created.</summary>
    public void Stands() => _stands.TrySetResult(true);

    /// <summary>Ends when the caller has been answered.</summary>
    public Task<bool> StandsAsync() => _stands.Task;

    /// <summary>The caller is told that it was not.</summary>
    public void Dispose() => _stands.TrySetResult(false);
}
