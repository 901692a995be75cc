using IdfKit.Runs;
using IdfKit.Runs.Publishing;

namespace IdfKit.Drops.Studies.Estimates;

/// <summary>What a run that has ended says of what another one like it will take.</summary>
/// <param name="Seconds">Of the whole run.</param>
/// <param name="SimulatedSeconds">Of EnergyPlus, meanwhile progress is told.</param>
/// <param name="FileBytes">The sizes of the files that it stored when it had ended.</param>
/// <param name="How">How that is known.</param>
internal sealed record RowExample(double Seconds, double SimulatedSeconds, IReadOnlyList<long> FileBytes, string How)
{
    /// <summary>The sizes of those that it sent while EnergyPlus wrote them.</summary>
    public IReadOnlyList<long> AheadBytes { get; init; } = [];

    /// <summary>What all of its files take.</summary>
    public long StoredBytes => FileBytes.Sum() + AheadBytes.Sum();

    private const long LongestMs = 30L * 86_400_000; // no run takes as long: a record that says so is none of ours

    /// <summary>What a run was asked for that makes its results what they are; runs that share it are like each other.</summary>
    public static bool Fits(RunRecord record, EstimatedRow row)
    {
        var isMeasured = record is
        {
            Status: RunStatus.Completed, ResultsOf: null,
            Segments: null, // rows are never split: they take longer, and have tables
            TimingsMs: { Total: >= 0 and <= LongestMs, Simulate: >= 0 and <= LongestMs },
        };
        if (!isMeasured) return false;
        var (had, asked) = (record.Options, row.Request);
        // Without weather there are design days only, whatever was asked for.
        var hasPeriods = had.Annual == asked.Annual && (had.DesignDay == asked.DesignDay || (had.DesignDay && record.Weather is null));
        if (!hasPeriods || row.IsFromElsewhere) return hasPeriods;
        var wanted = asked.ForRecord(had.DesignDay, had.ExpandObjects);
        return had.Profile == wanted.Profile && had.Readvars == wanted.Readvars && had.Timeseries == wanted.Timeseries
            && (had.Outputs ?? []).SequenceEqual(wanted.Outputs ?? []);
    }

    public static RowExample Of(RunRecord record, double seconds, string how)
    {
        var ahead = record.Files.ToLookup(ResultsAhead.Takes, file => Math.Max(0, file.SizeBytes));
        return new(seconds, record.TimingsMs.Simulate!.Value / 1000.0, [.. ahead[false]], how) { AheadBytes = [.. ahead[true]] };
    }
}

/// <summary>A row that is to be run, as an estimate sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Base">The key of its base.</param>
/// <param name="Weather">What its weather is found by; null: as that of its base.</param>
/// <param name="Request">How it is run.</param>
internal sealed record EstimatedRow(string Name, string Base, string? Weather, RunRequest Request)
{
    /// <summary>What bringing its base here asks for.</summary>
    public Requests OfBase { get; init; }

    /// <summary>What bringing its weather here asks for.</summary>
    public Requests OfWeather { get; init; }

    /// <summary>How many files its model names, which are fetched for each run.</summary>
    public int Companions { get; init; }

    /// <summary>Whether an earlier run has left something in its folder.</summary>
    public bool HasFolder { get; init; }

    /// <summary>Whether earlier runs were made with other settings than the function's, as the tool makes them.</summary>
    public bool IsFromElsewhere { get; init; }

    /// <summary>Rows with the same one take alike.</summary>
    public string Kind => $"{Base}\0{Request.Annual}\0{Request.DesignDay}\0{Request.Profile}\0{string.Join('\0', Request.Outputs ?? [])}";
}
