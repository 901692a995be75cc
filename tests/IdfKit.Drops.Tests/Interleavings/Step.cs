using IdfKit.Storage;

namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>What happens to a request.</summary>
public enum Fate
{
    /// <summary>It is done and answered.</summary>
    Done,
    /// <summary>The process dies before it is done: it is never answered.</summary>
    Crash,
    /// <summary>It is done, and the process dies before it learns of it.</summary>
    CrashAfter,
    /// <summary>It is not done, and the answer is a 503 or a timeout.</summary>
    Failed,
    /// <summary>It is done, and its answer is lost: the caller sees a timeout.</summary>
    AnswerLost,
    /// <summary>S3's 409 of two writes that collide: not done.</summary>
    Conflict,
    /// <summary>It is not done, nor are the next writes of the record, as many as a run tries: a 503 each, while reads go well.</summary>
    Refused,
    /// <summary>
    /// The process stands still with the request on its way; it is done when the process goes on, after others have been there. Its
    /// service thinks it dead.
    /// </summary>
    Frozen,
}

/// <summary>A request that waits for its turn.</summary>
internal abstract class Step(string operation, string path)
{
    public string Operation { get; } = operation;

    public string Path { get; } = path;

    public string Name => $"{Operation} {Path}";

    /// <summary>Whether it changes the bucket.</summary>
    public bool IsWrite => Operation is "Write" or "Upload" or "Complete" or "Remove";

    /// <summary>Whether it completes what somebody has ended meanwhile.</summary>
    public Func<bool> IsGone { get; init; } = static () => false;

    public bool IsConditional { get; init; }

    /// <summary>Whether it writes a run's record, which is only ever done under a condition.</summary>
    public bool IsRecord => Operation == "Write" && IsConditional && Path.EndsWith("/run.json", StringComparison.Ordinal);

    /// <summary>Whether the caller got what it asked for.</summary>
    public bool HasSucceeded { get; protected set; }

    /// <summary>Whether it matters to other invocations when it is done; what does not is done at once.</summary>
    public bool IsShared => Path.EndsWith(".idf", StringComparison.Ordinal)
        || Path.EndsWith("/run.json", StringComparison.Ordinal)
        || Path.EndsWith("/study.json", StringComparison.Ordinal)
        // that no study waits for the model is always so here
        || (Path.StartsWith("outputs/.waiting", StringComparison.Ordinal) && !Path.EndsWith("/study", StringComparison.Ordinal))
        || Operation is "List" or "Put"
        || IsWrite;

    /// <summary>Whether its caller is to see it unavailable; a lost one whose condition does not hold is refused instead.</summary>
    public bool IsUnavailable { get; protected set; }

    /// <summary>Does it, or not; its caller does not know yet.</summary>
    public abstract void Do(Fate fate);

    /// <summary>Tells its caller.</summary>
    public abstract void Answer();
}

internal sealed class Step<T>(string operation, string path, Func<T> request) : Step(operation, path)
{
    private readonly TaskCompletionSource<T> _answer = new(); // goes on in the schedule's own thread: thousands of switches are saved
    private Action _tell = static () => { };

    public Task<T> AnswerAsync(CancellationToken cancellationToken)
    {
        cancellationToken.Register(() => _answer.TrySetCanceled(cancellationToken));
        return _answer.Task;
    }

    public override void Do(Fate fate)
    {
        if (_answer.Task.IsCompleted) return; // canceled meanwhile
        try
        {
            if (fate is Fate.Failed or Fate.Refused) throw new StorageException(StorageErrorKind.Unavailable, Operation, Path);
            if (fate == Fate.Conflict) throw new StorageException(StorageErrorKind.Conflict, Operation, Path, isTransient: true);
            var answer = request();
            if (fate == Fate.CrashAfter) return;
            if (fate == Fate.AnswerLost) throw new StorageException(StorageErrorKind.Unavailable, Operation, Path);
            HasSucceeded = true;
            _tell = () => _answer.TrySetResult(answer);
        }
        catch (StorageException e)
        {
            IsUnavailable = e.Kind == StorageErrorKind.Unavailable;
            _tell = () => _answer.TrySetException(e);
        }
    }

    public override void Answer() => _tell();
}
