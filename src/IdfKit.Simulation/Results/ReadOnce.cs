namespace IdfKit.Simulation.Results;

/// <summary>
/// A value that is read when it is first asked for, and then kept. Who comes while it is being read waits; a failed
/// read is tried again.
/// </summary>
internal sealed class ReadOnce<T>(Func<CancellationToken, Task<T>> read)
{
    private readonly Lock _gate = new();
    private Task<T>? _reading;

    public async Task<T> GetAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<T> reading;
            lock (_gate)
            {
                if (_reading is null or { IsFaulted: true } or { IsCanceled: true }) _reading = read(cancellationToken);
                reading = _reading;
            }
            try { return await reading.WaitAsync(cancellationToken).ConfigureAwait(false); }
            // somebody else's read was canceled, not this one
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested) { continue; }
        }
    }
}
