using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

internal enum LogFormat
{
    /// <summary>Time, request, level and message between tabs.</summary>
    Default,

    /// <summary>The message alone.</summary>
    Unformatted,

    /// <summary>One JSON object a line.</summary>
    Json,
}

/// <summary>
/// What a function's log settings ask for: <c>AWS_LAMBDA_LOG_FORMAT</c> and <c>AWS_LAMBDA_LOG_LEVEL</c>, which Lambda sets, or
/// <c>AWS_LAMBDA_HANDLER_LOG_FORMAT</c> and <c>AWS_LAMBDA_HANDLER_LOG_LEVEL</c>, which come first. Words that they do not know
/// ("Text", "INFO") mean the defaults.
/// </summary>
internal sealed record LogSettings(LogFormat Format = LogFormat.Default, LogLevel Lowest = LogLevel.Information)
{
    public static LogSettings FromEnvironment() => Of(Variable("FORMAT"), Variable("LEVEL"));

    public static LogSettings Of(string? format, string? level) => new(
        Enum.TryParse<LogFormat>(format, ignoreCase: true, out var known) ? known : LogFormat.Default,
        level?.ToUpperInvariant() switch
        {
            "FATAL" => LogLevel.Critical,
            "WARN" => LogLevel.Warning,
            _ => Enum.TryParse<LogLevel>(level, ignoreCase: true, out var lowest) ? lowest : LogLevel.Information,
        });

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable("AWS_LAMBDA_HANDLER_LOG_" + name) is { Length: > 0 } own
            ? own
            : Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_" + name);
}
