namespace IdfKit.Engine.Children;

/// <summary>What to start, and how.</summary>
internal sealed record ChildStart
{
    public required string Program { get; init; }
    public required IReadOnlyList<string> Arguments { get; init; }
    public required string WorkingDirectory { get; init; }

    /// <summary>All the variables it gets, and no others.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }

    /// <summary>From being told to stop to being killed.</summary>
    public required TimeSpan KillGrace { get; init; }

    /// <summary>What is set on it after it has started; null when the program that is started sets limits itself.</summary>
    public ChildLimits? Limits { get; init; }

    /// <summary>What it and all that it starts may use together.</summary>
    public TreeBounds Tree { get; init; } = TreeBounds.Usual;

    /// <summary>Whether standard input is a pipe for <see cref="IChild.TrySend"/>; else it is at its end from the start.</summary>
    public bool HasInput { get; init; }

    /// <summary>Whether others are forked from it: standard input is a socket that asks for them. Linux only.</summary>
    public bool ForksOthers { get; init; }

    /// <summary>The child that it is forked from, instead of being started from a program. Linux only.</summary>
    public Linux.LinuxChild? Origin { get; init; }
}

/// <summary>How a child ended and what it took.</summary>
internal readonly record struct ChildExit(int? ExitCode, int? Signal, TimeSpan CpuTime, long PeakMemoryBytes)
{
    /// <summary>The bound on it and all that it started for which it was killed.</summary>
    public ExceededBound? Exceeded { get; init; }
}

/// <summary>What a child prints, as it comes; called on a thread of the child's, one call at a time.</summary>
internal delegate void OutputReceiver(ReadOnlySpan<byte> bytes);

/// <summary>A running child process, in a session of its own.</summary>
internal interface IChild
{
    /// <summary>Done when the child and all that it started are gone and its output is read to the end. Never fails.</summary>
    Task<ChildExit> Completion { get; }

    /// <summary>
    /// Tells it to end, then kills it and all that it started. Returns at once; <see cref="Completion"/> tells when it
    /// is done.
    /// </summary>
    void Stop();

    /// <summary>Bounds every file that it writes from here on. Without effect where there is no Linux.</summary>
    void BoundFiles(long bytes);

    /// <summary>Writes to standard input and closes it. False when the child is gone or the message does not fit a pipe.</summary>
    bool TrySend(ReadOnlySpan<byte> message);
}
