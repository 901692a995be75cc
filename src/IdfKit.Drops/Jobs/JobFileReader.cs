using System.Text.Json;

using IdfKit.Engine;
using IdfKit.Engine.Preparation;
using IdfKit.Runs;

namespace IdfKit.Drops.Jobs;

/// <summary>
/// Reads the members of a job file, each under its own rules, and says of the first that breaks one what and where it
/// is.
/// </summary>
internal ref struct JobFileReader(ReadOnlySpan<byte> text)
{
    internal static readonly string[] Fields =
    [
        "weather", "annual", "design_day", "expand_objects", "readvars", "timeout_seconds",
        "variables", "meters", "report_meters", "parallel", "timeseries", "outputs", "label", "tags", "version",
    ];

    private const double LongestTimeoutSeconds = 7 * 86_400, ShortestTimeoutSeconds = 0.001;

    private readonly ReadOnlySpan<byte> _text = text;
    private JobJson _json = new(text);

    /// <exception cref="JobFileFault">A member breaks its rule.</exception>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    internal JobFile Read()
    {
        if (_text.IndexOfAnyExcept(" \t\r\n"u8) < 0) throw new JobFileFault(DropSentences.JobFileEmpty());
        _json.Advance();
        if (!_json.IsObject) throw new JobFileFault(DropSentences.JobFileNoObject());
        var job = new JobFile();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_json.NextMember() is { } field)
        {
            if (!Fields.Contains(field))
                throw new JobFileFault(DropSentences.UnknownJobField(field, _json.Line, Spelling.Nearest(field, Fields), Fields));
            if (!seen.Add(field)) throw new JobFileFault(DropSentences.JobFieldTwice(field, _json.Line));
            _json.Advance();
            if (!_json.IsNull) job = With(job, field);
        }
        _json.End();
        if (job is { Annual: true, DesignDay: true }) throw new JobFileFault(DropSentences.AnnualAndDesignDay());
        return job;
    }

    private JobFile With(JobFile job, string field) => field switch
    {
        "weather" => job with { Weather = Weather() },
        "annual" => job with { Annual = _json.Flag(field) },
        "design_day" => job with { DesignDay = _json.Flag(field) },
        "expand_objects" => job with { ExpandObjects = _json.Flag(field) },
        "timeseries" => job with { Timeseries = _json.Flag(field) },
        "readvars" => job with { Readvars = _json.Flag(field) },
        "timeout_seconds" => job with { TimeoutSeconds = Timeout() },
        "variables" => job with { Variables = JobOutputs.Read(ref _json, field) },
        "meters" => job with { Meters = JobOutputs.Read(ref _json, field) },
        "report_meters" => job with { ReportMeters = _json.Flag(field) },
        "parallel" => job with { Parallel = Parallel() },
        "outputs" => job with { Outputs = JobKept.Read(ref _json) },
        "label" => job with { Label = JobMarks.ReadLabel(ref _json) },
        "tags" => job with { Tags = JobMarks.ReadTags(ref _json) },
        _ => job with { Version = Policy() },
    };

    private string Weather()
    {
        var weather = _json.Text("weather");
        if (WeatherName.Fault(weather) is { } fault) throw new JobFileFault(DropSentences.BadJobWeather(weather, _json.Line, fault));
        return weather;
    }

    private double Timeout()
    {
        var seconds = _json.Number("timeout_seconds");
        if (seconds is >= ShortestTimeoutSeconds and <= LongestTimeoutSeconds) return seconds;
        throw new JobFileFault(DropSentences.BadJobTimeout(_json.Written, _json.Line, ShortestTimeoutSeconds, LongestTimeoutSeconds));
    }

    private Parallelism Parallel()
    {
        var name = _json.Text("parallel").Trim();
        return ParallelismNames.Parse(name)
            ?? throw new JobFileFault(DropSentences.UnknownChoice("parallel", name, _json.Line, ParallelismNames.All));
    }

    private VersionPolicy Policy()
    {
        var name = _json.Text("version").Trim();
        return VersionPolicyNames.Parse(name)
            ?? throw new JobFileFault(DropSentences.UnknownChoice("version", name, _json.Line, VersionPolicyNames.All));
    }
}
