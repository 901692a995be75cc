using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

using Amazon.Lambda.S3Events;
using Amazon.Lambda.SQSEvents;

namespace IdfKit.Function.Events;

/// <summary>The event types and answers of the function, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(S3Event.S3EventNotificationRecord))]
[JsonSerializable(typeof(SQSBatchResponse))]
[JsonSerializable(typeof(NotificationAnswer))]
internal sealed partial class FunctionJson : JsonSerializerContext
{
    /// <summary>Amazon's event classes, whose JSON names differ from theirs only in case.</summary>
    public static FunctionJson Events => Default;

    /// <summary>What the function answers, in the camel case that Lambda's own answers have.</summary>
    public static FunctionJson Answers { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // people read them, and they never become HTML
    });
}

/// <summary>The answer to a notification: for who looks at the invocation, Lambda discards it.</summary>
/// <param name="Results">One entry an object.</param>
internal sealed record NotificationAnswer(IReadOnlyList<NotificationAnswer.Result> Results)
{
    internal sealed record Result(string Input, string Outcome, string? Status, string? Output, string Message);
}
