using System.Text;
using System.Text.Json;

using IdfKit.Drops;

namespace IdfKit.Function.Events;

/// <summary>
/// An event that was given up, in one of the four forms in which it reaches the failure queue: Lambda's record of an
/// asynchronous invocation, what EventBridge could not deliver, the end of a job of Batch, and what a queue hands on.
/// </summary>
/// <param name="Why">What became of the last attempt.</param>
/// <param name="Event">The event itself, as it came first.</param>
internal sealed record DeadLetter(GivenUp Why, JsonElement Event)
{
    private const int MostNested = 8;

    /// <summary>Of every attempt: what they hold is free. Null when each had its own.</summary>
    public string? RequestId { get; init; }

    /// <summary>Lambda's record of an asynchronous invocation that failed; null for any other JSON.</summary>
    /// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html</remarks>
    public static DeadLetter? OfInvocation(JsonElement record)
    {
        // Of a record whose own handling was given up, what counts is the event in the innermost.
        for (var depth = 0; depth < MostNested && Inner(record) is { } inner && IsInvocation(inner); depth++) record = inner;
        if (!IsInvocation(record) || Inner(record) is not { } request) return null;
        var context = record.GetProperty("requestContext");
        var error = record.TryGetProperty("responsePayload", out var payload) ? payload : default;
        var why = LastError.Of(error, Json.TextOf(context, "condition"));
        return new(why with { Attempts = Json.WholeOf(context, "approximateInvokeCount") }, request)
        {
            RequestId = Json.TextOf(context, "requestId"),
            GivenUpAt = Json.TimeOf(record, "timestamp"),
        };
    }

    /// <summary>What a message of SQS holds, if that was given up.</summary>
    /// <param name="message">The message, with its attributes.</param>
    /// <param name="body">Its body.</param>
    /// <param name="failureQueue">The ARN of the queue whose messages all are; null: none is known.</param>
    public static DeadLetter? OfMessage(JsonElement message, JsonElement body, string? failureQueue)
    {
        if (OfInvocation(body) is { } invocation) return invocation;
        if (OfRule(message, body) is { } undelivered) return undelivered;
        if (OfJob(body) is { } job) return job;
        var isHandedOn = message.TryGetProperty("attributes", out var attributes)
            && Json.TextOf(attributes, "DeadLetterQueueSourceArn") is { Length: > 0 };
        var isOfFailures = failureQueue is not null && Json.TextOf(message, "eventSourceARN") == failureQueue;
        return isHandedOn || isOfFailures ? new(new(GivenUpCause.Unknown), body) : null;
    }

    /// <summary>When it was given up; null when nobody says.</summary>
    private DateTimeOffset? GivenUpAt { get; init; }

    /// <summary>Why one object of the event was given up: for one that waited too long, with how long that was.</summary>
    public GivenUp WhyOf(DroppedObject drop) =>
        Why.Cause == GivenUpCause.TooOld && GivenUpAt is { } end && drop.EventTime is { } put && end > put
            ? Why with { After = end - put }
            : Why;

    /// <summary>What a rule of EventBridge could not deliver.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html</remarks>
    private static DeadLetter? OfRule(JsonElement message, JsonElement body)
    {
        if (!message.TryGetProperty("messageAttributes", out var attributes) || attributes.ValueKind != JsonValueKind.Object) return null;
        string? Attribute(string name) => attributes.TryGetProperty(name, out var value) ? Json.TextOf(value, "stringValue") : null;
        if (Attribute("ERROR_CODE") is null && Attribute("RULE_ARN") is null) return null;
        string?[] said = [Attribute("ERROR_CODE"), Attribute("ERROR_MESSAGE")];
        return new(new(GivenUpCause.NotDelivered) { Said = string.Join(": ", said.Where(part => !string.IsNullOrEmpty(part))) }, body);
    }

    /// <summary>A job that failed after all its attempts.</summary>
    /// <remarks>https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html</remarks>
    private static DeadLetter? OfJob(JsonElement body)
    {
        if (Json.TextOf(body, "source") != "aws.batch" || !body.TryGetProperty("detail", out var detail)) return null;
        if (detail.ValueKind != JsonValueKind.Object || Json.TextOf(detail, "status") != "FAILED") return null;
        var reason = detail.TryGetProperty("container", out var container) ? Json.TextOf(container, "reason") : null;
        return new(new(GivenUpCause.JobFailed)
        {
            Said = reason ?? Json.TextOf(detail, "statusReason"),
            Attempts = detail.TryGetProperty("attempts", out var attempts) && attempts.ValueKind == JsonValueKind.Array
                ? attempts.GetArrayLength()
                : null,
        }, detail.TryGetProperty("parameters", out var parameters) ? parameters : default)
        {
            RequestId = Json.TextOf(detail, "jobId"),
        };
    }

    private static bool IsInvocation(JsonElement record) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty("requestContext", out var context)
        && Json.TextOf(context, "condition") is not null && record.TryGetProperty("requestPayload", out _);

    /// <summary>The event of a record; it may stand there as text.</summary>
    private static JsonElement? Inner(JsonElement record)
    {
        if (!IsInvocation(record)) return null;
        var request = record.GetProperty("requestPayload");
        if (request.ValueKind != JsonValueKind.String) return request;
        try
        {
            using var text = JsonDocument.Parse(Encoding.UTF8.GetBytes(request.GetString()!));
            return text.RootElement.Clone();
        }
        catch (JsonException) { return request; } // no event: its reader says so
    }
}
