namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>The IDFKIT_* variables that the template makes of a stack's parameters.</summary>
internal static class StackVariables
{
    private static readonly (string Variable, string Parameter)[] Plain =
    [
        ("IDFKIT_INPUT_PREFIX", "InputPrefix"), ("IDFKIT_OUTPUT_PREFIX", "OutputPrefix"), ("IDFKIT_OUTPUT_BUCKET", "OutputBucket"),
        ("IDFKIT_ANNUAL", "Annual"), ("IDFKIT_REPORT_METERS", "ReportMeters"), ("IDFKIT_OUTPUTS", "Outputs"),
        ("IDFKIT_TIMESERIES", "TimeSeries"),
        ("IDFKIT_CACHE", "ResultCache"),
        ("IDFKIT_ALLOW_UNSAFE_OBJECTS", "AllowUnsafeObjects"), ("IDFKIT_CONFINEMENT", "Confinement"),
        ("IDFKIT_HAND_OVER", "Batch"),
    ];

    /// <summary>By name; empty: not set. Only those whose parameters the stack has.</summary>
    public static IReadOnlyDictionary<string, string> Of(StackView stack)
    {
        var variables = Plain.Where(pair => stack.Parameter(pair.Parameter) is not null)
            .ToDictionary(pair => pair.Variable, pair => stack.Parameter(pair.Parameter)!);
        if (stack.Parameter("Weather") is { } weather)
            variables["IDFKIT_WEATHER"] = weather.Length > 0 && stack.Parameter("WeatherBucket") is { Length: > 0 } bucket
                ? $"s3://{bucket}/{weather}"
                : weather;
        if (stack.Parameter("WeatherPlace") is { } place) variables["IDFKIT_WEATHER_PLACES"] = place.Length > 0 ? "s3://" + place : place;
        if (stack.Parameter("VersionPolicy") is { } policy)
            variables["IDFKIT_VERSION_POLICY"] = stack.Parameter("AllowVersionMismatch") == "true" ? "as_is" : policy;
        return variables;
    }
}
