namespace IdfKit.Storage.S3;

/// <summary>Work that must end before the client is closed: what was begun on a server and is still to be ended or undone.</summary>
internal sealed class UnfinishedWork
{
    private readonly Lock _counting = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _closing;

    /// <summary>Holds the end off until it is disposed.</summary>
    public IDisposable Begin()
    {
        lock (_counting) _count++;
        return new Work(this);
    }

    /// <summary>Ends when all that was begun has ended.</summary>
    public Task EndedAsync()
    {
        lock (_counting)
        {
            _closing = true;
            if (_count == 0) _ended.TrySetResult();
        }
        return _ended.Task;
    }

    private void End()
    {
        lock (_counting)
        {
            if (--_count == 0 && _closing) _ended.TrySetResult();
        }
    }

    private sealed class Work(UnfinishedWork all) : IDisposable
    {
        private UnfinishedWork? _all = all;

        public void Dispose() => Interlocked.Exchange(ref _all, null)?.End();
    }
}
