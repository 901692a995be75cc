using System.Threading.Channels;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>Events that wait for a function process, and the count of those that are not over yet.</summary>
internal sealed class InvocationQueue
{
    private readonly Channel<Invocation> _ready = Channel.CreateUnbounded<Invocation>();
    private readonly Lock _gate = new();
    private TaskCompletionSource? _idle;
    private int _open;

    /// <summary>Invocations that are waiting, being worked on, or waiting for their retry.</summary>
    public int Open
    {
        get { lock (_gate) return _open; }
    }

    public void Add(Invocation invocation)
    {
        lock (_gate)
        {
            if (_open++ == 0) _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        Ready(invocation);
    }

    /// <summary>Makes an invocation that was added before available again.</summary>
    public void Ready(Invocation invocation) => _ready.Writer.TryWrite(invocation);

    public ValueTask<Invocation> TakeAsync(CancellationToken cancellationToken) => _ready.Reader.ReadAsync(cancellationToken);

    public Invocation? TryTake() => _ready.Reader.TryRead(out var invocation) ? invocation : null;

    /// <summary>The invocation is over, whatever its end.</summary>
    public void Close()
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (--_open == 0) idle = _idle;
        }
        idle?.TrySetResult();
    }

    public Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return _open == 0 ? Task.CompletedTask : _idle!.Task.WaitAsync(cancellationToken);
    }
}
