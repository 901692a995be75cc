using System.Collections;
using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>The <c>IDFKIT_*</c> variables that settings are read from. Every one is described in <c>docs/configuration.md</c>.</summary>
public static class RunVariables
{
    private const string Prefix = "IDFKIT_";

    /// <summary>All that are known.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "IDFKIT_INPUT_PREFIX", "IDFKIT_OUTPUT_PREFIX", "IDFKIT_OUTPUT_BUCKET", "IDFKIT_WEATHER", "IDFKIT_ANNUAL",
        "IDFKIT_ALLOW_UNSAFE_OBJECTS", "IDFKIT_ALLOW_VERSION_MISMATCH", "IDFKIT_DEADLINE_MARGIN_SECONDS",
        "IDFKIT_PROGRESS_SECONDS", "IDFKIT_WORK_DIR",
    ];

    /// <summary>Names that begin with IDFKIT_ and mean nothing here: misspelt, most likely. In order.</summary>
    public static IReadOnlyList<string> UnknownOf(IDictionary variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return [.. variables.Keys.OfType<string>().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !Known.Contains(name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The settings that the variables say; what is missing or blank has its default.</summary>
    /// <exception cref="ArgumentException">A variable holds what it cannot; the message names it.</exception>
    public static RunSettings Read(IDictionary variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        string? Text(string name) => variables[name] as string is { } value && value.Trim().Length > 0 ? value.Trim() : null;

        bool Flag(string name) => Text(name)?.ToLowerInvariant() switch
        {
            null or "0" or "false" or "no" => false,
            "1" or "true" or "yes" => true,
            var other => throw new ArgumentException($"{name} is '{other}'; it must be true or false."),
        };

        TimeSpan? Seconds(string name, double most) => Text(name) is not { } text
            ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0 && seconds <= most
                ? TimeSpan.FromSeconds(seconds)
                : throw new ArgumentException($"{name} is '{text}'; it must be a number of seconds from 0 to {most:0}.");

        T Checked<T>(string name, Func<T> read)
        {
            try { return read(); }
            catch (ArgumentException e) { throw new ArgumentException($"{name} cannot be used: {e.Message}", e); }
        }

        var defaults = new RunSettings();
        var runs = Checked("IDFKIT_INPUT_PREFIX", () => defaults with { InputPrefix = Text("IDFKIT_INPUT_PREFIX") ?? defaults.InputPrefix });
        runs = Checked("IDFKIT_OUTPUT_PREFIX", () => runs with { OutputPrefix = Text("IDFKIT_OUTPUT_PREFIX") ?? runs.OutputPrefix });
        var workDirectory = Text("IDFKIT_WORK_DIR") ?? defaults.WorkDirectory;
        if (!Directory.Exists(workDirectory)) throw new ArgumentException($"IDFKIT_WORK_DIR is '{workDirectory}', and there is no such folder.");
        return runs with
        {
            OutputBucket = Text("IDFKIT_OUTPUT_BUCKET"),
            DefaultWeather = Text("IDFKIT_WEATHER"),
            Annual = Flag("IDFKIT_ANNUAL"),
            AllowUnsafeObjects = Flag("IDFKIT_ALLOW_UNSAFE_OBJECTS"),
            VersionPolicy = Flag("IDFKIT_ALLOW_VERSION_MISMATCH") ? VersionPolicy.RunAnyway : VersionPolicy.Refuse,
            DeadlineMargin = Seconds("IDFKIT_DEADLINE_MARGIN_SECONDS", 600),
            ProgressInterval = Seconds("IDFKIT_PROGRESS_SECONDS", 600) ?? defaults.ProgressInterval,
            WorkDirectory = workDirectory,
        };
    }
}
