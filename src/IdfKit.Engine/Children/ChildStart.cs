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

    /// <summary>
    /// Whether standard input is a pipe for <see cref="Linux.LinuxChild.TrySend"/>; else it is at its end from the start.
    /// </summary>
    public bool HasInput { get; init; }

    /// <summary>Whether others are forked from it: standard input is a socket that asks for them. Linux only.</summary>
    public bool ForksOthers { get; init; }

    /// <summary>The child that it is forked from, instead of being started from a program. Linux only.</summary>
    public Linux.LinuxChild? Origin { get; init; }
}
