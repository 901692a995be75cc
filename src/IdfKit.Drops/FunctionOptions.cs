using System.Collections;
using System.Globalization;

namespace IdfKit.Drops;

/// <summary>The function's environment as options: read by the function once at start, and by the tool to check it. Every variable is described in <c>docs/configuration.md</c>.</summary>
public sealed record FunctionOptions
{
    private const string Prefix = "IDFKIT_";
    private const int OwnMegabytes = 96, LeastEngineMegabytes = 416;

    /// <summary>How dropped models become runs.</summary>
    public RunSettings Runs { get; private init; } = new();

    /// <summary>The server that answers instead of Amazon's S3; null: Amazon's.</summary>
    public Uri? S3Endpoint { get; private init; }

    /// <summary>The region of the buckets; null: the SDK finds it.</summary>
    public string? Region { get; private init; }

    /// <summary>The EnergyPlus to use; null: found by itself.</summary>
    public string? EnergyPlusDirectory { get; private init; }

    /// <summary>How many models of one event run at a time: as many as there are processors and gigabytes for.</summary>
    public int Concurrency { get; private init; } = 1;

    /// <summary>Most address space of one EnergyPlus; null: no limit. The function's memory, less its own share, for as many as run at a time.</summary>
    /// <remarks>
    /// Where memory runs out Lambda ends the whole function, which would be tried again and fail again; EnergyPlus that is refused memory says so.
    /// Its address space is 30 MB more than it uses: 319 MB of 291 for the reference hospital, 377 of 350 for the outpatient clinic (25.2).
    /// </remarks>
    public long? EngineMemoryBytes { get; private init; }

    /// <summary>What <c>bootstrap run</c> runs when its arguments do not say: <c>s3://bucket/key</c>.</summary>
    public string? Job { get; private init; }

    /// <summary>The job of AWS Batch that this process runs, the same for every attempt; null elsewhere.</summary>
    public string? BatchJobId { get; private init; }

    /// <summary>The queue of that job.</summary>
    public string? BatchQueue { get; private init; }

    /// <summary>Names that begin with IDFKIT_ and mean nothing here: misspelt, most likely.</summary>
    public IReadOnlyList<string> UnknownVariables { get; private init; } = [];

    /// <summary>The names of every variable that this program reads of its own.</summary>
    public static IReadOnlyList<string> KnownVariables { get; } =
    [
        "IDFKIT_INPUT_PREFIX", "IDFKIT_OUTPUT_PREFIX", "IDFKIT_OUTPUT_BUCKET", "IDFKIT_WEATHER", "IDFKIT_ANNUAL",
        "IDFKIT_ALLOW_UNSAFE_OBJECTS", VersionSetting.Variable, VersionSetting.Alias, "IDFKIT_DEADLINE_MARGIN_SECONDS",
        "IDFKIT_PROGRESS_SECONDS", "IDFKIT_WORK_DIR", "IDFKIT_HAND_OVER", "IDFKIT_RUN",
    ];

    /// <summary>Turns variables into options.</summary>
    /// <exception cref="FunctionStartException">A variable holds what it cannot; the message names it.</exception>
    public static FunctionOptions FromEnvironment(IDictionary variables)
    {
        string? Text(string name) => variables[name] as string is { } value && value.Trim().Length > 0 ? value.Trim() : null;

        bool Flag(string name) => Text(name)?.ToLowerInvariant() switch
        {
            null or "0" or "false" or "no" => false,
            "1" or "true" or "yes" => true,
            var other => throw new FunctionStartException($"{name} is '{other}'; it must be true or false."),
        };

        TimeSpan? Seconds(string name, double most) => Text(name) is not { } text
            ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0 && seconds <= most
                ? TimeSpan.FromSeconds(seconds)
                : throw new FunctionStartException($"{name} is '{text}'; it must be a number of seconds from 0 to {most:0}.");

        T Checked<T>(string name, Func<T> read)
        {
            try { return read(); }
            catch (ArgumentException e) { throw new FunctionStartException($"{name} cannot be used: {e.Message}"); }
        }

        Uri? Url(string name) => Text(name) is not { } text
            ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? url
                : throw new FunctionStartException($"{name} is '{text}'; it must be an http or https URL.");

        Engine.VersionPolicy Policy()
        {
            var (policy, fault) = VersionSetting.Of(Text(VersionSetting.Variable), Flag(VersionSetting.Alias));
            return fault is null ? policy : throw new FunctionStartException(fault);
        }

        var defaults = new RunSettings();
        var runs = Checked("IDFKIT_INPUT_PREFIX", () => defaults with { InputPrefix = Text("IDFKIT_INPUT_PREFIX") ?? defaults.InputPrefix });
        runs = Checked("IDFKIT_OUTPUT_PREFIX", () => runs with { OutputPrefix = Text("IDFKIT_OUTPUT_PREFIX") ?? runs.OutputPrefix });
        var workDirectory = Text("IDFKIT_WORK_DIR") ?? defaults.WorkDirectory;
        if (!Directory.Exists(workDirectory)) throw new FunctionStartException($"IDFKIT_WORK_DIR is '{workDirectory}', and there is no such folder.");

        int? megabytes = int.TryParse(Text("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), CultureInfo.InvariantCulture, out var given) ? given : null;
        var concurrency = megabytes is { } of ? Math.Clamp(of / 1024, 1, Environment.ProcessorCount) : 1;
        return new()
        {
            Runs = runs with
            {
                OutputBucket = Text("IDFKIT_OUTPUT_BUCKET"),
                DefaultWeather = Text("IDFKIT_WEATHER"),
                Annual = Flag("IDFKIT_ANNUAL"),
                AllowUnsafeObjects = Flag("IDFKIT_ALLOW_UNSAFE_OBJECTS"),
                VersionPolicy = Policy(),
                DeadlineMargin = Seconds("IDFKIT_DEADLINE_MARGIN_SECONDS", 600),
                ProgressInterval = Seconds("IDFKIT_PROGRESS_SECONDS", 600) ?? defaults.ProgressInterval,
                WorkDirectory = workDirectory,
                HandOver = Flag("IDFKIT_HAND_OVER"),
            },
            S3Endpoint = Url("AWS_ENDPOINT_URL_S3") ?? Url("AWS_ENDPOINT_URL"),
            Region = Text("AWS_REGION") ?? Text("AWS_DEFAULT_REGION"),
            EnergyPlusDirectory = Text("ENERGYPLUS_DIR"),
            Job = Text("IDFKIT_RUN"),
            BatchJobId = Text("AWS_BATCH_JOB_ID"),
            BatchQueue = Text("AWS_BATCH_JQ_NAME"),
            Concurrency = concurrency,
            EngineMemoryBytes = megabytes is null ? null : Math.Max(LeastEngineMegabytes, (megabytes - OwnMegabytes) / concurrency ?? 0) * 1_048_576L,
            UnknownVariables =
            [
                .. variables.Keys.OfType<string>()
                    .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !KnownVariables.Contains(name))
                    .Order(StringComparer.Ordinal),
            ],
        };
    }
}

/// <summary>The function cannot start as it is configured.</summary>
public sealed class FunctionStartException(string message) : Exception(message);
