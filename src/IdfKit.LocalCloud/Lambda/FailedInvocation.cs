using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

using IdfKit.LocalCloud.Lambda;

namespace IdfKit.LocalCloud;

/// <summary>An asynchronous invocation that Lambda would hand to the function's on-failure destination.</summary>
/// <param name="RequestId">The id that every attempt carried.</param>
/// <param name="Condition"><c>RetriesExhausted</c> or <c>EventAgeExceeded</c>.</param>
/// <param name="InvokeCount">Attempts made.</param>
/// <param name="RequestPayload">The event.</param>
/// <param name="ResponsePayload">The last attempt's error, JSON with <c>errorType</c> and <c>errorMessage</c>.</param>
/// <param name="Record">The destination record as Lambda writes it, version 1.0, on one line.</param>
public sealed record FailedInvocation(
    string RequestId, string Condition, int InvokeCount, string RequestPayload, string ResponsePayload, string Record)
{
    // Shape: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    internal static FailedInvocation Create(
        Invocation invocation, string condition, string functionArn, string responsePayload, DateTimeOffset now)
    {
        var request = invocation.PayloadText;
        var record = new JsonObject
        {
            ["version"] = "1.0",
            ["timestamp"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = invocation.RequestId,
                ["functionArn"] = functionArn + ":$LATEST",
                ["condition"] = condition,
                ["approximateInvokeCount"] = invocation.Attempts,
            },
            ["requestPayload"] = JsonOrText(request),
            ["responseContext"] = new JsonObject
            {
                ["statusCode"] = 200,
                ["executedVersion"] = "$LATEST",
                ["functionError"] = "Unhandled",
            },
            ["responsePayload"] = JsonOrText(responsePayload),
        };
        return new FailedInvocation(
            invocation.RequestId, condition, invocation.Attempts, request, responsePayload, record.ToJsonString(ReadableJson.Options));
    }

    private static JsonNode? JsonOrText(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // An event need not be JSON when it was pushed to /events; the record keeps it as text.
            return JsonValue.Create(text);
        }
    }
}
