using System.Text.Json;
using IdfKit.LocalCloud;

namespace IdfKit.Cli.Dev;

/// <summary>A failed invocation in one sentence.</summary>
internal static class FailureText
{
    public static string Of(InvocationResult result, string logPath) =>
        CliSentences.FailedOften(result.Attempts, Reason(result.Payload), logPath);

    private static string Reason(string payload)
    {
        try
        {
            using var error = JsonDocument.Parse(payload);
            return error.RootElement.ValueKind == JsonValueKind.Object
                && error.RootElement.TryGetProperty("errorMessage", out var message) && message.GetString() is { Length: > 0 } text
                ? text
                : payload;
        }
        catch (JsonException)
        {
            // A function may answer anything; then that is shown.
            return payload;
        }
    }
}
