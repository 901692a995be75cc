using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>How one attempt ended: the function's answer, or an error in Lambda's words.</summary>
internal sealed record AttemptOutcome(bool Succeeded, string Payload)
{
    public static AttemptOutcome Answer(string payload) => new(true, payload);

    public static AttemptOutcome FunctionError(string payload) =>
        string.IsNullOrWhiteSpace(payload)
            ? Error("Runtime.Unknown", "The function reported an error without a body.")
            : new(false, payload);

    public static AttemptOutcome TimedOut(string requestId, TimeSpan timeout) => Error("Sandbox.Timedout",
        string.Create(CultureInfo.InvariantCulture,
            $"RequestId: {requestId} Error: Task timed out after {timeout.TotalSeconds:0.00} seconds"));

    public static AttemptOutcome Exited(string requestId, FunctionExit exit) => Error("Runtime.ExitError",
        $"RequestId: {requestId} Error: Runtime exited {exit.Describe()}");

    public static AttemptOutcome TooLarge(int limit) => Error("Function.ResponseSizeTooLarge",
        string.Create(CultureInfo.InvariantCulture, $"Response payload size exceeded maximum allowed payload size ({limit} bytes)."));

    public static AttemptOutcome AgedOut(TimeSpan maxAge) => Error("Lambda.EventAgeExceeded",
        string.Create(CultureInfo.InvariantCulture, $"The event is older than the {maxAge.TotalSeconds:0.###} seconds that it may wait."));

    public static AttemptOutcome InitError(string? posted, string otherwise) =>
        string.IsNullOrWhiteSpace(posted) ? Error("Runtime.ExitError", otherwise) : new(false, posted);

    /// <summary>The sentence in an error that a runtime posted, or the whole text when it has none.</summary>
    public static string MessageOf(string error)
    {
        try
        {
            return JsonNode.Parse(error)?["errorMessage"]?.GetValue<string>() ?? error;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A runtime may post anything; what is no error object is shown as it came.
            return error;
        }
    }

    private static AttemptOutcome Error(string type, string message) =>
        new(false, new JsonObject { ["errorType"] = type, ["errorMessage"] = message }.ToJsonString(ReadableJson.Options));
}
