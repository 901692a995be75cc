namespace FaultProxies;

/// <summary>What happens to one call.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>
    /// Answers in the server's place, as S3 words its errors, when <paramref name="Until"/> ends; null: at once. The server never sees the
    /// call.
    /// </summary>
    public sealed record Answer(int Status, string Code, Task? Until = null) : Fault;

    /// <summary>Answers in the server's place with something that is not S3.</summary>
    public sealed record WebPage(int Status) : Fault;

    /// <summary>Resets the connection before the server sees the call.</summary>
    public sealed record Reset : Fault;

    /// <summary>Resets the connection after so many bytes of the request's body.</summary>
    public sealed record CutRequest(long AfterBytes) : Fault;

    /// <summary>The server does the call, but its answer is lost: the connection is reset.</summary>
    public sealed record LoseAnswer : Fault;

    /// <summary>The server does the call, but its answer comes only when <paramref name="Until"/> ends.</summary>
    public sealed record HoldAnswer(Task Until) : Fault;

    /// <summary>The head of the server's answer comes at once, its body only when <paramref name="Until"/> ends.</summary>
    public sealed record HoldBody(Task Until) : Fault;

    /// <summary>Resets the connection after so many bytes of the answer's body.</summary>
    public sealed record CutBody(long AfterBytes) : Fault;

    /// <summary>After so many bytes of the answer's body nothing more comes.</summary>
    public sealed record Stall(long AfterBytes) : Fault;

    /// <summary>The request stays under way until <paramref name="Until"/> ends; only then the server sees it.</summary>
    public sealed record HoldRequest(Task Until) : Fault;

    /// <summary>Announces a length that differs by so many bytes, and ends the connection after the true body.</summary>
    public sealed record LieAboutLength(long Difference) : Fault;

    /// <summary>Alters one byte of the answer's body.</summary>
    public sealed record WrongByte(long At) : Fault;

    /// <summary>The server says it is earlier or later than it is, and refuses the signature for it.</summary>
    public sealed record ClockSkew(TimeSpan Ahead) : Fault;
}
