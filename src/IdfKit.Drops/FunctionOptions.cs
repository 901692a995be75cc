using System.Collections;

using IdfKit.Engine;
using IdfKit.Engine.Children;
using IdfKit.Runs;

namespace IdfKit.Drops;

/// <summary>
/// The function's environment as options: read by the function once at start, and by the tool to check it and to know its prefixes.
/// Every variable is described in <c>docs/configuration.md</c>.
/// </summary>
public sealed record FunctionOptions
{
    private const string Prefix = "IDFKIT_";
    private const int OwnMegabytes = 96, LeastEngineMegabytes = 416;

    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html: one processor at 1,769 MB, six at 10,240.
    private const int MegabytesOfProcessor = 1769, MostOfOne = 530;

    /// <summary>How dropped models become runs.</summary>
    public RunSettings Runs { get; private init; } = new();

    /// <summary>The server that answers instead of Amazon's S3; null: Amazon's.</summary>
    public Uri? S3Endpoint { get; private init; }

    /// <summary>The region of the buckets; null: the SDK finds it.</summary>
    public string? Region { get; private init; }

    /// <summary>The EnergyPlus to use; null: found by itself.</summary>
    public string? EnergyPlusDirectory { get; private init; }

    /// <summary>
    /// How many models of one event run at a time: as many as there are processors and gigabytes for; one where nothing would keep them
    /// apart (<see cref="EnergyPlusRunner.KeepsRunsApart"/>).
    /// </summary>
    public int Concurrency { get; private init; } = 1;

    /// <summary>
    /// Most address space of one EnergyPlus; null: no limit. The function's memory, less its own share, for as many as
    /// run at a time.
    /// </summary>
    /// <remarks>
    /// Where memory runs out Lambda ends the whole function, which would be tried again and fail again; EnergyPlus that
    /// is refused memory says so. Its address space is 30 MB more than it uses: 319 MB of 291 for the reference
    /// hospital, 377 of 350 for the outpatient clinic (25.2).
    /// </remarks>
    public long? EngineMemoryBytes { get; private init; }

    /// <summary>
    /// How many processors' time the function is given, which may be less than the machine shows: Lambda gives it with the memory. Null:
    /// all that there are, also where Lambda is played on this machine.
    /// </summary>
    public int? Processors { get; private init; }

    /// <summary>Whether EnergyPlus is confined; not where models may run code of their own.</summary>
    public bool Confine { get; private init; } = true;

    /// <summary>The layers without which the function does not start.</summary>
    public ConfinementLayers RequiredLayers { get; private init; }

    /// <summary>Most bytes that a run may have on local disk; null: what the disk has room for.</summary>
    public long? MaxResultsBytes { get; private init; }

    /// <summary>What <c>bootstrap run</c> runs when its arguments do not say: <c>s3://bucket/key</c>.</summary>
    public string? Job { get; private init; }

    /// <summary>The job of AWS Batch that this process runs, the same for every attempt; null elsewhere.</summary>
    public string? BatchJobId { get; private init; }

    /// <summary>The queue of that job.</summary>
    public string? BatchQueue { get; private init; }

    /// <summary>The ARN of the queue whose messages are events that were given up; null: such events tell it themselves.</summary>
    public string? FailureQueue { get; private init; }

    /// <summary>Names that begin with IDFKIT_ and mean nothing here: misspelt, most likely.</summary>
    public IReadOnlyList<string> UnknownVariables { get; private init; } = [];

    /// <summary>The names of every variable that this program reads of its own.</summary>
    public static IReadOnlyList<string> KnownVariables { get; } =
    [
        "IDFKIT_INPUT_PREFIX", "IDFKIT_OUTPUT_PREFIX", "IDFKIT_OUTPUT_BUCKET", "IDFKIT_WEATHER", "IDFKIT_WEATHER_PLACES",
        "IDFKIT_ANNUAL", "IDFKIT_REPORT_METERS", "IDFKIT_OUTPUTS", "IDFKIT_COMPRESS",
        "IDFKIT_ALLOW_UNSAFE_OBJECTS", ConfinementSetting.Variable, VersionSetting.Variable, VersionSetting.Alias,
        "IDFKIT_DEADLINE_MARGIN_SECONDS", "IDFKIT_PROGRESS_SECONDS", "IDFKIT_WORK_DIR", "IDFKIT_CACHE", "IDFKIT_HAND_OVER", "IDFKIT_RUN",
        "IDFKIT_MAX_RESULTS_MB", "IDFKIT_TIMESERIES", "IDFKIT_PARALLEL",
        "IDFKIT_FAILURE_QUEUE", "IDFKIT_STUDIES", "IDFKIT_STUDY_SELF_ROWS", "IDFKIT_STUDY_MAX_ROWS", "IDFKIT_STUDY_CONCURRENCY",
    ];

    /// <summary>Turns variables into options.</summary>
    /// <exception cref="FunctionStartException">Variables hold what they cannot; the message names every one of them.</exception>
    public static FunctionOptions FromEnvironment(IDictionary variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var settings = new SettingsReader(variables);
        var runs = RunsOf(settings);
        var confinement = settings.Confinement(runs.AllowUnsafeObjects);
        var megabytes = settings.Whole("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
        var keepsApart = !confinement.IsOn || EnergyPlusRunner.AreKeptApart(HostProgram.Offered);
        var concurrency = ModelsAtOnce(megabytes, Environment.ProcessorCount, keepsApart);
        var options = new FunctionOptions
        {
            Runs = runs,
            S3Endpoint = settings.Url("AWS_ENDPOINT_URL_S3") ?? settings.Url("AWS_ENDPOINT_URL"),
            Region = settings.Text("AWS_REGION") ?? settings.Text("AWS_DEFAULT_REGION"),
            EnergyPlusDirectory = settings.Text("ENERGYPLUS_DIR"),
            Job = settings.Text("IDFKIT_RUN"),
            FailureQueue = settings.Text("IDFKIT_FAILURE_QUEUE"),
            Confine = confinement.IsOn,
            RequiredLayers = confinement.Required,
            BatchJobId = settings.Text("AWS_BATCH_JOB_ID"),
            BatchQueue = settings.Text("AWS_BATCH_JQ_NAME"),
            Concurrency = concurrency,
            EngineMemoryBytes = MemoryOfOne(megabytes, concurrency),
            Processors = settings.Text("AWS_SAM_LOCAL") is "true" ? null : ProcessorsOf(megabytes),
            MaxResultsBytes = settings.Megabytes("IDFKIT_MAX_RESULTS_MB") * 1_000_000L,
            UnknownVariables = UnknownIn(variables),
        };
        return settings.Faults.Count == 0 ? options : throw new FunctionStartException(settings.Faults);
    }

    internal static int ModelsAtOnce(int? megabytes, int processors, bool keepsApart) =>
        megabytes is { } of && keepsApart ? Math.Clamp(of / 1024, 1, processors) : 1;

    internal static long? MemoryOfOne(int? megabytes, int concurrency) =>
        megabytes is { } of ? Math.Max(LeastEngineMegabytes, (of - OwnMegabytes) / concurrency) * 1_048_576L : null;

    /// <summary>With most of a second processor, as at 3008 MB, two parts are still done sooner than one run.</summary>
    private static int? ProcessorsOf(int? megabytes) =>
        megabytes is { } of ? Math.Max(1, (of + MostOfOne) / MegabytesOfProcessor) : null;

    /// <summary>The names among <paramref name="variables"/> that begin with IDFKIT_ and mean nothing here.</summary>
    public static IReadOnlyList<string> UnknownIn(IDictionary variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var ours = variables.Keys.OfType<string>().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));
        return [.. ours.Except(KnownVariables).Order(StringComparer.Ordinal)];
    }

    /// <summary>One sentence about a variable that means nothing here, with the one that was meant when there is one near.</summary>
    public static string AboutUnknown(string name) => DropSentences.UnknownVariable(name, Spelling.Nearest(name, KnownVariables));

    private static StudySettings StudiesOf(SettingsReader settings)
    {
        const int MostRows = 100_000; // of any study
        var defaults = new StudySettings();
        return new()
        {
            ByMachine = settings.StudiesByMachine("IDFKIT_STUDIES"),
            MostRowsByItself = settings.Count("IDFKIT_STUDY_SELF_ROWS", 0, MostRows, defaults.MostRowsByItself),
            MaxRows = settings.Count("IDFKIT_STUDY_MAX_ROWS", 1, MostRows, defaults.MaxRows),
            Concurrency = settings.Count("IDFKIT_STUDY_CONCURRENCY", 1, 10_000, defaults.Concurrency),
        };
    }

    private static string[] Listed(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static RunSettings RunsOf(SettingsReader settings)
    {
        var defaults = new RunSettings();
        var runs = settings.Checked("IDFKIT_INPUT_PREFIX", defaults, prefix => defaults with { InputPrefix = prefix });
        runs = settings.Checked("IDFKIT_OUTPUT_PREFIX", runs, prefix => runs with { OutputPrefix = prefix });
        return runs with
        {
            OutputBucket = settings.Text("IDFKIT_OUTPUT_BUCKET"),
            DefaultWeather = settings.Text("IDFKIT_WEATHER"),
            WeatherPlaces = settings.Checked(
                "IDFKIT_WEATHER_PLACES", defaults, places => defaults with { WeatherPlaces = Listed(places) }).WeatherPlaces,
            Annual = settings.Flag("IDFKIT_ANNUAL"),
            ReportMeters = settings.Flag("IDFKIT_REPORT_METERS", defaults.ReportMeters),
            Outputs = settings.Outputs("IDFKIT_OUTPUTS"),
            Parallel = settings.Parallel("IDFKIT_PARALLEL"),
            Compress = settings.Flag("IDFKIT_COMPRESS", defaults.Compress),
            TimeSeries = settings.Flag("IDFKIT_TIMESERIES", defaults.TimeSeries),
            AllowUnsafeObjects = settings.Flag("IDFKIT_ALLOW_UNSAFE_OBJECTS"),
            VersionPolicy = settings.VersionPolicy(),
            DeadlineMargin = settings.Seconds("IDFKIT_DEADLINE_MARGIN_SECONDS", 600),
            ProgressInterval = settings.Seconds("IDFKIT_PROGRESS_SECONDS", 600) ?? defaults.ProgressInterval,
            WorkDirectory = settings.Folder("IDFKIT_WORK_DIR") ?? defaults.WorkDirectory,
            HandOver = settings.Flag("IDFKIT_HAND_OVER"),
            Studies = StudiesOf(settings),
            Cache = settings.Checked("IDFKIT_CACHE", defaults, cache => defaults with { Cache = cache }).Cache,
        };
    }
}

/// <summary>The function cannot start as it is configured.</summary>
public sealed class FunctionStartException : Exception
{
    /// <param name="message">What cannot be used, and what it must be.</param>
    public FunctionStartException(string message)
        : this([message])
    {
    }

    /// <param name="faults">One sentence for each setting that cannot be used.</param>
    public FunctionStartException(IReadOnlyList<string> faults)
        : base(string.Join(" ", faults)) => Faults = faults;

    /// <summary>One sentence for each setting that cannot be used.</summary>
    public IReadOnlyList<string> Faults { get; }
}
