using IdfKit.Engine;
using IdfKit.Runs.Report;

namespace IdfKit.Runs.Tests.Report;

/// <summary>Facts of runs that never were.</summary>
internal static class SampleFacts
{
    public static RunRecord Record { get; } = new()
    {
        RunId = "0123456789abcdef",
        Status = RunStatus.Completed,
        Input = new("models", "inputs/town/library.idf") { ETag = "00112233445566778899aabbccddeeff", SizeBytes = 123_456 },
        Weather = new("models", "inputs/town/hamlet.epw", "folder") { ETag = "ffeeddccbbaa99887766554433221100" },
        Engine = new("25.2.0", "0123456789", false),
        Options = new() { Annual = true, ExpandObjects = true, TimeoutSeconds = 600, Outputs = ["*.sql", "*.htm"] },
        AddedObjects = ["Output:Meter:MeterFileOnly,Heating:NaturalGas,Monthly;", "Output:SQLite,SimpleAndTabular,None;"],
        Notices = ["The model names the file 'use.csv'; 'Use.csv' was taken for it."],
        Label = "the first try",
        Tags = new Dictionary<string, string> { ["architect"] = "nobody" },
        ExitCode = 0,
        Diagnostics = new(5, 0, 0, []),
        MessageGroups =
        [
            new(ErrSeverity.Warning, "A window of Hall is larger than its wall.", 3, "Window \"HALL EAST\"") { Line = 412 },
            new(ErrSeverity.Warning, "Output:Meter: invalid Key Name=\"FANS:COAL\" - not found.", 2, null)
            {
                Meaning = "A meter is asked for that this model does not have. Harmless. Delete the object.", Harmless = true,
            },
        ],
        TimingsMs = new() { Queued = 10, Stage = 120, Preprocess = 40, Simulate = 61_500, Upload = 900, Total = 63_000 },
        PeakMemoryBytes = 258_000_000,
        CpuMs = 60_200,
        StartedAt = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero),
        FinishedAt = new(2026, 3, 1, 8, 1, 3, TimeSpan.Zero),
    };

    public static EnergySummary Summary { get; } = new()
    {
        SiteEnergyGj = 720,
        SourceEnergyGj = 1_900,
        SiteEuiMjM2 = 360,
        SourceEuiMjM2 = 950,
        TotalAreaM2 = 2_000,
        ConditionedAreaM2 = 1_900,
        EndUsesGj = new()
        {
            ["cooling"] = new() { ["electricity"] = 70 },
            ["heating"] = new() { ["natural_gas"] = 250, ["electricity"] = 20 },
            ["interior_lighting"] = new() { ["electricity"] = 200 },
            ["exterior_lighting"] = new() { ["electricity"] = 30 },
            ["fans"] = new() { ["electricity"] = 150 },
        },
        UnmetHours = new(12, 3, 10.4, 1.2),
        Peaks = [new("electricity", 94_000, "19-JUL-15:30"), new("natural_gas", 200_000, "02-JAN-07:10")],
        Periods = [new("Year", "2017-01-01", "2017-12-31", 8760)],
        HoursSimulated = 8760,
        Warnings = 5,
        Severe = 0,
    };

    public static MonthlyEnergy Months { get; } = new(
        new(2017, 1, 1),
        [
            new("heating", "natural_gas", [15_000, 12_000, 9_000, 5_000, 1_000, 100, 0, 0, 900, 4_000, 9_000, 13_400]),
            new("heating", "electricity", [1_200, 1_000, 800, 300, 0, 0, 0, 0, 0, 300, 900, 1_055]),
            new("cooling", "electricity", [0, 0, 10, 500, 1_500, 4_000, 6_000, 5_000, 2_000, 400, 34, 0]),
            new("interior_lighting", "electricity", [.. Enumerable.Repeat(4_630.0, 12)]),
            new("fans", "electricity", [.. Enumerable.Repeat(3_472.0, 12)]),
        ]);

    public static HourlyPower Electricity { get; } = new(
        new(2017, 1, 1),
        [.. Enumerable.Range(0, 8760).Select(hour => hour == 4791 ? 94_000 : (hour % 24 is >= 8 and < 18 ? 40_000 : 5_000) + hour / 10.0)]);

    public static ReportFacts Year { get; } = new()
    {
        Record = Record,
        Summary = Summary,
        Weather = new("Hamlet, XX", "TMY3"),
        ModelPlace = "Hamlet",
        Months = Months,
        Electricity = Electricity,
        Zones = [new("HALL", 12.3, 16.04, 24, 27.5), new("READING ROOM", 14, 17, 25, 29)],
        FunctionMegabytes = 2048,
        Files =
        [
            new("summary.json", 5_123), new("eplustbl.htm", 604_900), new("eplusout.err", 1_900), new("eplusout.sql", 13_800_000),
            new("eplusout.eso", 11_100_000), new("a folder/ß & 50 %.csv", null), new("run.json", 1), new("report.html", 1),
        ],
    };

    /// <summary>A run that ended otherwise, with nothing but its record.</summary>
    public static ReportFacts Ended(RunStatus status, string? reason, string? message) => new()
    {
        Record = Record with
        {
            Status = status,
            Reason = reason,
            Message = message,
            AddedObjects = [],
            Notices = [],
            MessageGroups = [],
            Diagnostics = null,
        },
    };
}
