namespace IdfKit.Engine.Children;

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
}
