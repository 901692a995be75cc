using System.Text;
using System.Text.Json;
using Amazon.Lambda.S3Events;

using IdfKit.Drops;

namespace IdfKit.Function.Events;

/// <summary>What an event asks for, whatever it came wrapped in.</summary>
/// <param name="Kind">How it is to be answered.</param>
/// <param name="Items">The objects that were put; empty for a test event.</param>
internal sealed record EventEnvelope(EnvelopeKind Kind, IReadOnlyList<EnvelopeItem> Items)
{
    private const string WhatIsTaken = "this function takes S3 notifications, EventBridge \"Object Created\", "
        + "either of them inside SQS or SNS, {\"input\": \"s3://bucket/key\"}, and what of these was given up";

    /// <summary>Reads an event.</summary>
    /// <param name="json">As it came.</param>
    /// <param name="failureQueue">The ARN of the queue whose messages were all given up; null: none is known.</param>
    /// <exception cref="UnknownEventException">It is none that this function takes.</exception>
    public static EventEnvelope Parse(ReadOnlyMemory<byte> json, string? failureQueue = null) =>
        Checked("The event", () => Read(json, failureQueue));

    private static EventEnvelope Read(ReadOnlyMemory<byte> json, string? failureQueue)
    {
        using var document = ParseJson(json, "The event");
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new UnknownEventException($"The event is JSON but no object; {WhatIsTaken}.");
        if (root.TryGetProperty("input", out var input)) return new(EnvelopeKind.Direct, [new(null, [Direct(input)])]);
        if (DeadLetter.OfInvocation(root) is { } letter) return new(EnvelopeKind.Notification, [GivenUpItem(null, letter)]);

        if (Records(root) is { } records && records.Count > 0 && IsFrom(records[0], "aws:sqs"))
            return new(EnvelopeKind.Queue, [.. records.Select(record => QueueMessage(record, failureQueue))]);
        return new(EnvelopeKind.Notification, [new(null, Objects(root))]);
    }

    private static EnvelopeItem GivenUpItem(string? id, DeadLetter letter)
    {
        var isDirect = letter.Event.ValueKind == JsonValueKind.Object && letter.Event.TryGetProperty("input", out _);
        return new(id, isDirect ? [Direct(letter.Event.GetProperty("input"))] : Objects(letter.Event))
        {
            Letter = letter with { Event = default }, // what it was read from is gone with the document
        };
    }

    private static EnvelopeItem QueueMessage(JsonElement message, string? failureQueue)
    {
        var id = Json.TextOf(message, "messageId");
        var what = $"The body of SQS message {id}";
        try
        {
            return Checked(what, () =>
            {
                using var document = ParseJson(Encoding.UTF8.GetBytes(Json.TextOf(message, "body") ?? ""), what);
                var body = document.RootElement;
                return DeadLetter.OfMessage(message, body, failureQueue) is { } letter ? GivenUpItem(id, letter) : new(id, Objects(body));
            });
        }
        catch (UnknownEventException e) { return new(id, []) { Fault = e }; } // one bad message must not send back its neighbours
    }

    private static IReadOnlyList<DroppedObject> Objects(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (Json.TextOf(root, "Event") == "s3:TestEvent") return [];
            if (Json.TextOf(root, "detail-type") == "Object Created" && root.TryGetProperty("detail", out var detail))
                return [FromEventBridge(root, detail)];
            if (IsDetail(root)) return [FromEventBridge(root, root)];
            if (Json.TextOf(root, "Type") == "Notification" && Json.TextOf(root, "Message") is { } message)
                return Nested(message, "The message of the SNS notification");
            if (Records(root) is { } records)
                return [.. records.SelectMany(record => record.TryGetProperty("Sns", out var sns)
                    ? Nested(Json.TextOf(sns, "Message") ?? "", "The message of the SNS record")
                    : FromNotification(record))];
        }
        throw new UnknownEventException($"The event is JSON of an unknown kind; {WhatIsTaken}.");
    }

    private static IReadOnlyList<DroppedObject> Nested(string json, string what)
    {
        using var document = ParseJson(Encoding.UTF8.GetBytes(json), what);
        return Objects(document.RootElement);
    }

    private static IReadOnlyList<DroppedObject> FromNotification(JsonElement element)
    {
        var record = element.Deserialize(FunctionJson.Events.S3EventNotificationRecord);
        if (record?.S3?.Bucket?.Name is not { Length: > 0 } bucket || record.S3.Object?.Key is not { Length: > 0 } key)
            throw new UnknownEventException($"A record of the event names no bucket and key; {WhatIsTaken}.");
        if (!IsCreation(record)) return [];
        return
        [
            new(bucket, ObjectKey.FromEvent(key, record.EventSource))
            {
                VersionId = NullIfEmpty(record.S3.Object.VersionId),
                ETag = NullIfEmpty(record.S3.Object.ETag?.Trim('"')),
                SizeBytes = record.S3.Object.Size is > 0 and var size ? size : null, // 0 is also what an event without one reads as
                Sequencer = NullIfEmpty(record.S3.Object.Sequencer),
                EventTime = record.EventTime == default ? null : new DateTimeOffset(record.EventTime.ToUniversalTime()),
            },
        ];
    }

    // What the rule of studies hands on: the detail of the event alone.
    private static bool IsDetail(JsonElement root) =>
        root.TryGetProperty("bucket", out var bucket) && bucket.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("object", out var put) && put.ValueKind == JsonValueKind.Object;

    // EventBridge does not encode keys (Amazon S3 User Guide, "EventBridge event message structure").
    private static DroppedObject FromEventBridge(JsonElement root, JsonElement detail)
    {
        var bucket = detail.TryGetProperty("bucket", out var b) ? Json.TextOf(b, "name") : null;
        if (string.IsNullOrEmpty(bucket) || !detail.TryGetProperty("object", out var o) || Json.TextOf(o, "key") is not { Length: > 0 } key)
            throw new UnknownEventException("The EventBridge event names no bucket and key.");
        return new(bucket, ObjectKey.FromText(key))
        {
            VersionId = NullIfEmpty(Json.TextOf(o, "version-id")),
            ETag = NullIfEmpty(Json.TextOf(o, "etag")),
            SizeBytes = o.TryGetProperty("size", out var size) && size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out var bytes)
                ? bytes
                : null,
            Sequencer = NullIfEmpty(Json.TextOf(o, "sequencer")),
            EventTime = root.TryGetProperty("time", out var time)
                && time.ValueKind == JsonValueKind.String
                && time.TryGetDateTimeOffset(out var at)
                ? at
                : null,
        };
    }

    private static DroppedObject Direct(JsonElement input) =>
        input.ValueKind == JsonValueKind.String && S3Url.TryParse(input.GetString()!, out var url)
            ? new(url.Bucket, url.Key)
            : throw new UnknownEventException($"'input' is {input.GetRawText()}; it must be an s3://bucket/key URL.");

    // "ObjectCreated:Put"; some servers write "s3:ObjectCreated:Put". An event of another kind was asked for by mistake.
    private static bool IsCreation(S3Event.S3EventNotificationRecord record) =>
        record.EventName is null || record.EventName.Contains("ObjectCreated:", StringComparison.Ordinal);

    // What a JSON reader throws on values of another kind and on text that is no text (half a surrogate pair).
    private static T Checked<T>(string what, Func<T> read)
    {
        try { return read(); }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UnknownEventException($"{what} holds a value of the wrong kind ({e.Message}); {WhatIsTaken}.");
        }
    }

    private static JsonDocument ParseJson(ReadOnlyMemory<byte> json, string what)
    {
        try { return JsonDocument.Parse(json); }
        catch (JsonException) { throw new UnknownEventException($"{what} is not JSON; {WhatIsTaken}."); }
    }

    private static List<JsonElement>? Records(JsonElement root) =>
        root.TryGetProperty("Records", out var records) && records.ValueKind == JsonValueKind.Array
            ? [.. records.EnumerateArray().Where(record => record.ValueKind == JsonValueKind.Object)]
            : null;

    private static bool IsFrom(JsonElement record, string source) =>
        (Json.TextOf(record, "eventSource") ?? Json.TextOf(record, "EventSource")) == source;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
