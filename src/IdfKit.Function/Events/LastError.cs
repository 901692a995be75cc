using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

using IdfKit.Drops;

namespace IdfKit.Function.Events;

/// <summary>What Lambda says of the last attempt at an event, understood.</summary>
internal static partial class LastError
{
    private const string TooOld = "EventAgeExceeded";

    /// <param name="error">The answer of the last attempt; <c>default</c> where there was none.</param>
    /// <param name="condition">Why nobody tries again: <c>RetriesExhausted</c> or <c>EventAgeExceeded</c>.</param>
    public static GivenUp Of(JsonElement error, string? condition)
    {
        var type = Json.TextOf(error, "errorType") ?? "";
        var said = Json.TextOf(error, "errorMessage") ?? (error.ValueKind == JsonValueKind.String ? error.GetString() : null);
        var wasTried = !string.IsNullOrEmpty(said) && !type.EndsWith(TooOld, StringComparison.Ordinal);
        if (condition == TooOld && !wasTried) return new(GivenUpCause.TooOld);
        if (said is not null && TaskTimedOut().Match(said) is { Success: true } stopped)
        {
            var seconds = double.Parse(stopped.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture);
            return new(GivenUpCause.TimedOut) { After = TimeSpan.FromSeconds(Math.Min(seconds, 86_400)), Said = said };
        }
        if (type == "Sandbox.Timedout") return new(GivenUpCause.TimedOut) { Said = said };
        var plain = said is null ? null : Request().Replace(said, "");
        var isKilled = plain?.Contains("signal: killed", StringComparison.Ordinal) == true || type == "Runtime.OutOfMemory";
        if (isKilled) return new(GivenUpCause.Killed) { Said = plain };
        return new(type == "Runtime.ExitError" ? GivenUpCause.Exited : GivenUpCause.Failed) { Said = plain ?? type };
    }

    [GeneratedRegex(
        @"Task timed out after (?<seconds>[0-9]{1,6}(\.[0-9]{1,3})?) seconds",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TaskTimedOut();

    // "RequestId: 1b5c… Error: Runtime exited …"
    [GeneratedRegex(@"^RequestId: \S+ (Error: )?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Request();
}
