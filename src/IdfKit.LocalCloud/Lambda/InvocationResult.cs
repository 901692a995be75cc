namespace IdfKit.LocalCloud;

/// <summary>How an invocation ended, after its last attempt.</summary>
public sealed record InvocationResult
{
    /// <summary>The id that every attempt carried.</summary>
    public required string RequestId { get; init; }

    /// <summary>The function's answer, or its error as JSON with <c>errorType</c> and <c>errorMessage</c>.</summary>
    public required string Payload { get; init; }

    /// <summary>Null when the function answered; <c>Unhandled</c> when it failed, crashed or ran out of time.</summary>
    public string? FunctionError { get; init; }

    /// <summary>Whether the function answered.</summary>
    public bool Succeeded => FunctionError is null;

    /// <summary>How often the function was given the event; 1 without retries, 0 when the event grew too old first.</summary>
    public int Attempts { get; init; }

    /// <summary>The last attempt's time, from handing over the event to the answer.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>False for RequestResponse invocations.</summary>
    public bool IsAsynchronous { get; init; }
}
