using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>How dropped models become runs. The function fills it from its environment, the tool from its arguments.</summary>
public sealed record RunSettings
{
    /// <summary>Models lie under it. Default <c>inputs/</c>; a missing trailing <c>/</c> is added.</summary>
    public string InputPrefix { get; init => field = Prefix(value); } = "inputs/";

    /// <summary>Results go under it. Default <c>outputs/</c>; a missing trailing <c>/</c> is added.</summary>
    public string OutputPrefix { get; init => field = Prefix(value); } = "outputs/";

    /// <summary>The bucket that results go to; null: the one that the model lies in.</summary>
    public string? OutputBucket { get; init; }

    /// <summary>Weather for models that bring none: a key of the model's bucket or an <c>s3://</c> URL.</summary>
    public string? DefaultWeather { get; init; }

    /// <summary>
    /// Where job files and objects' metadata may name weather, beside the input prefix and <see cref="DefaultWeather"/>: folders such as
    /// <c>s3://bucket/weather/</c>, each with its trailing <c>/</c>. Default: none. Results are never read as weather.
    /// </summary>
    public IReadOnlyList<string> WeatherPlaces { get; init => field = value is [] ? [] : [.. value.Select(WeatherPlace)]; } = [];

    /// <summary>Whether models run a whole year unless their job file says otherwise.</summary>
    public bool Annual { get; init; }

    /// <summary>
    /// Whether runs report, in EnergyPlus's file of meters alone, each end use by month and the facility's electricity by hour, which
    /// <c>report.html</c> shows, unless the model's job file says otherwise. Default true.
    /// </summary>
    public bool ReportMeters { get; init; } = true;

    /// <summary>
    /// Whether run periods, or parts of a year, may be simulated side by side unless the job file says otherwise. Default off.
    /// </summary>
    public Parallelism Parallel { get; init; }

    /// <summary>Which files of a run are kept where its job file does not say. Default all.</summary>
    public OutputProfile Outputs { get; init; }

    /// <summary>
    /// Whether a lean run's report of tables is stored compressed, told by its <c>Content-Encoding</c>, where the storage keeps that.
    /// Default true; false where people open the stored files themselves.
    /// </summary>
    public bool Compress { get; init; } = true;

    /// <summary>Whether the series of a run are also written as Parquet, unless its job file says otherwise. Default true.</summary>
    public bool TimeSeries { get; init; } = true;

    /// <summary>Whether models may run code, reach other programs or files outside their folder.</summary>
    public bool AllowUnsafeObjects { get; init; }

    /// <summary>
    /// What becomes of a model of another EnergyPlus version. Default: migrated where the programs are there, else
    /// refused.
    /// </summary>
    public VersionPolicy VersionPolicy { get; init; }

    /// <summary>
    /// How long before the invocation's deadline EnergyPlus is stopped when it has written nothing; what it has written is given the
    /// time to be uploaded besides. Default (null): a fifth of the time that is left when EnergyPlus starts, at most 10 s.
    /// </summary>
    public TimeSpan? DeadlineMargin { get; init => field = value is { } given ? NotNegative(given) : null; }

    /// <summary>Longest wall-clock run of EnergyPlus where neither the job file nor the deadline is shorter. Default 12 hours.</summary>
    public TimeSpan Timeout { get; init => field = NotNegative(value); } = TimeSpan.FromHours(12);

    /// <summary>
    /// When the claim is first checked while EnergyPlus runs; it is again after twice as long, and then every four times as long, when
    /// <c>progress.json</c> is written, too. Default 2 s: checks after 2, 6, 14, 22 s, progress from 14 s on.
    /// </summary>
    public TimeSpan ProgressInterval { get; init => field = NotNegative(value); } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How much longer than its deadline a run's claim lives: the longest that a request of its may still be under way.
    /// Default 60 s.
    /// </summary>
    public TimeSpan ClaimGrace { get; init => field = NotNegative(value); } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a claim lives that has no deadline to outlive: its owner renews it, and when the owner dies others wait
    /// this long. Default 5 min, at least 1 s.
    /// </summary>
    public TimeSpan Lease
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Lease), value, "A lease is at least 1 s.");
    } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long an event looks whether the other run of its model lives that holds the record. Default 24 s: two signs of progress,
    /// and some more.
    /// </summary>
    internal TimeSpan SignOfLife { get; init; } = TimeSpan.FromSeconds(24);

    /// <summary>How many looks after a claim go without telling progress: most runs have ended by then, and each write costs.</summary>
    internal int LooksBeforeProgress { get; init; } = 2;

    /// <summary>From which size on a result that EnergyPlus appends to is sent while it is written.</summary>
    internal long AheadFrom { get; init; } = ResultsAhead.LeastBytes;

    /// <summary>
    /// Whether a note is left under the output prefix for each model that the deadline stopped, so that a container
    /// without one runs it. Default false.
    /// </summary>
    public bool HandOver { get; init; }

    /// <summary>
    /// Where the results of completed runs are kept, so that the same model with the same inputs is not simulated
    /// again: a prefix of the bucket of the results, or <c>s3://bucket/prefix</c>; null: nowhere. A missing trailing
    /// <c>/</c> is added. A model put again then has its results copied.
    /// </summary>
    public string? Cache { get; init => field = value is null ? null : CachePrefix(value); }

    /// <summary>How studies are run.</summary>
    public StudySettings Studies { get; init; } = new();

    /// <summary>The folder that runs are staged in, on local disk. Default <c>/tmp</c>.</summary>
    public string WorkDirectory { get; init; } = "/tmp";

    private static string Prefix(string value)
    {
        if (value.Length > 0 && !StoragePath.IsValid(value.EndsWith('/') ? value[..^1] : value))
            throw new ArgumentException(
                $"The prefix '{value}' must be segments joined by single slashes, with none in front, such as 'inputs/'.");
        return value.Length == 0 || value.EndsWith('/') ? value : value + "/";
    }

    private static string WeatherPlace(string value)
    {
        // A folder is one if an object can lie in it.
        var isFolder = value.EndsWith('/') && S3Url.TryParse(value + "x", out var inside) && inside.Key.IsPath;
        return isFolder ? "s3://" + value["s3://".Length..] : throw new ArgumentException(DropSentences.BadWeatherPlace(value));
    }

    private static string CachePrefix(string value)
    {
        if (value.Length > 0 && S3Url.TryParse(value, out var url)) return S3Url.Of(url.Bucket, Prefix(url.Key.Value));
        if (value.Length == 0 || value.Contains("://", StringComparison.Ordinal))
            throw new ArgumentException($"The cache '{value}' must be a prefix such as 'outputs/.cache/', or an s3://bucket/prefix URL.");
        return Prefix(value);
    }

    private static TimeSpan NotNegative(TimeSpan value) =>
        value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A duration cannot be negative.");
}
