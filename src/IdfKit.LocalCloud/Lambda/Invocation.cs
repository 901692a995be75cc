using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>One event on its way through the queue and the function; retries are the same object with the same id.</summary>
internal sealed class Invocation(ReadOnlyMemory<byte> payload, bool isAsynchronous, DateTimeOffset enqueuedAt, string? traceId = null)
{
    /// <summary>What the caller says of itself, as JSON on one line; empty: nothing.</summary>
    public string ClientContext { get; init; } = "";

    public string RequestId { get; } = Guid.NewGuid().ToString();

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public string PayloadText => Encoding.UTF8.GetString(Payload.Span);

    public bool IsAsynchronous { get; } = isAsynchronous;

    public DateTimeOffset EnqueuedAt { get; } = enqueuedAt;

    public string TraceId { get; } = traceId ?? NewTraceId(enqueuedAt);

    /// <summary>Attempts handed to a process so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Set by the queue's owner when the last attempt is over.</summary>
    public TaskCompletionSource<InvocationResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string NewTraceId(DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds().ToString("x8", CultureInfo.InvariantCulture);
        return $"Root=1-{seconds}-{RandomNumberGenerator.GetHexString(24, lowercase: true)};Parent={
            RandomNumberGenerator.GetHexString(16, lowercase: true)};Sampled=0";
    }
}
