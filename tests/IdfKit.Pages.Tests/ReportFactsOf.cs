using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Report;

namespace IdfKit.Pages.Tests;

/// <summary>Facts of runs that never were, as different as a page of them can look.</summary>
internal static class ReportFactsOf
{
    private static readonly string[] Uses =
    [
        "heating", "cooling", "interior_lighting", "exterior_lighting", "interior_equipment", "exterior_equipment", "fans", "pumps",
        "heat_rejection", "humidification", "heat_recovery", "water_systems", "refrigeration", "generators",
    ];

    private static readonly string[] Fuels = ["electricity", "natural_gas", "district_cooling", "district_heating_water", "propane"];

    /// <summary>A whole year of a school with gas heating.</summary>
    public static ReportFacts Year { get; } = new()
    {
        Record = Record(RunStatus.Completed) with
        {
            Label = "wider windows",
            Tags = new Dictionary<string, string> { ["stage"] = "design", ["by"] = "north" },
            AddedObjects = ["Output:Meter:MeterFileOnly,Electricity:Facility,Hourly;", "Output:SQLite,SimpleAndTabular,None;"],
            Diagnostics = new(5, 0, 0, []),
            MessageGroups =
            [
                Said(ErrSeverity.Warning, "The window of CLASS 3 is larger than its wall.", 3, "Window \"CLASS 3 EAST\"", 412),
                Said(ErrSeverity.Warning, "Output:Meter: invalid Key Name=\"FANS:COAL\" - not found.", 2, null, null) with
                {
                    Meaning = "A meter is asked for that this model does not have. Harmless. Delete the object.", Harmless = true,
                },
            ],
        },
        Summary = Summary(EndUses(6, 2)),
        Weather = new("Riverside Municipal Airport, XX", "TMY3"),
        ModelPlace = "Riverside",
        Months = Months(6, 2),
        Electricity = Hours(2017),
        Zones = Zones(12, "CLASS"),
        FunctionMegabytes = 2048,
        Files = Files("summary.json", "eplustbl.htm", "eplusout.err", "eplusout.sql", "eplusout.eso"),
    };

    /// <summary>Everything that a model can have, much of it.</summary>
    public static ReportFacts Large { get; } = Year with
    {
        Summary = Summary(EndUses(Uses.Length, Fuels.Length)),
        Months = Months(Uses.Length, 2),
        Electricity = Hours(2020),
        Zones = Zones(300, "THE ZONE OF A MODEL THAT A PROGRAM HAS NAMED, STOREY"),
        Files = Files([.. Enumerable.Range(0, 60).Select(at => $"eplusout.{at}.csv")]),
    };

    /// <summary>Only design days: no figures, and why.</summary>
    public static ReportFacts DesignDays { get; } = new()
    {
        Record = Record(RunStatus.Completed),
        Summary = new() { WhyEmpty = "Only design days were simulated. Add a RunPeriod, or ask for a whole year." },
        Weather = new("Riverside Municipal Airport, XX", null),
        Files = Files("summary.json", "eplusout.err"),
    };

    public static ReportFacts Failed { get; } = new()
    {
        Record = Record(RunStatus.Failed) with
        {
            Reason = RunReason.Fatal,
            Message = "EnergyPlus stopped: the surface ROOF 1 names a construction that is not in the model. Correct the name.",
            ExitCode = 1,
            Diagnostics = new(2, 3, 1, ["The construction SLATE of ROOF 1 is not in the model."]),
            MessageGroups =
            [
                Said(ErrSeverity.Severe, "The construction SLATE is not in the model.", 3, "BuildingSurface:Detailed \"ROOF 1\"", 87) with
                {
                    Meaning = "A name is used that no object has. Correct it, or add the object.",
                },
                Said(ErrSeverity.Warning, "No ground temperatures.", 2, null, null),
            ],
        },
        Files = Files("eplusout.err"),
    };

    public static ReportFacts Rejected { get; } = new()
    {
        Record = Record(RunStatus.Rejected) with
        {
            Reason = RunReason.NoWeather,
            Message = "The model needs a weather file, and none was named. Put one beside it, or name one in school.job.json.",
            Missing = ["inputs/school.epw", "inputs/school.job.json"],
        },
    };

    /// <summary>Names as attackers and programs give them: markup, one word without an end, other scripts, right to left.</summary>
    public static ReportFacts Hostile { get; } = Year with
    {
        Record = Year.Record with
        {
            Input = new("models", "inputs/<script>alert(1)</script>\"'&" + new string('x', 300) + ".idf"),
            Label = "<img src=https://idfkit.invalid/a.png onerror=alert(1)>",
            Message = "</p></main></body>" + new string('W', 400),
            Tags = new Dictionary<string, string> { ["</style>"] = "<style>body{display:none}</style>", ["שלום"] = "‮evil‬" },
            MessageGroups =
            [
                Said(ErrSeverity.Severe, new string('A', 400), 1_000_000, new string('B', 400), 1),
                Said(ErrSeverity.Warning, "<svg onload=alert(1)>", 1, "<base href=https://idfkit.invalid>", 2),
            ],
        },
        Summary = Summary(new()
        {
            ["<script>alert(2)</script>"] = new() { ["<b>gas"] = 250, ["electricity"] = 20 },
            [new string('u', 300)] = new() { [new string('f', 300)] = 100 },
        }),
        Weather = new("<iframe src=https://idfkit.invalid>", "建物"),
        Zones = [.. new[] { "<script>alert(3)</script>", new string('Z', 400), "זון אחד", "会議室 🏠", "a\tb\nc" }
            .Select(name => new ZoneTemperatures(name, -50, 15, 25, 90))],
        Files = Files("<a href=x>.csv", new string('f', 200) + ".csv", "javascript:alert(1)", "a folder/ß & 50 %.csv"),
    };

    private static RunRecord Record(RunStatus status) => new()
    {
        RunId = "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        Status = status,
        Input = new("models", "inputs/town/school.idf") { ETag = "00112233445566778899aabbccddeeff", SizeBytes = 123_456 },
        Weather = new("models", "inputs/town/riverside.epw", "folder") { ETag = "ffeeddccbbaa99887766554433221100" },
        Engine = new("25.2.0", "0123456789", false),
        Options = new() { Annual = true, TimeoutSeconds = 600 },
        TimingsMs = new() { Queued = 10, Stage = 120, Preprocess = 40, Simulate = 61_500, Upload = 900, Total = 63_000 },
        PeakMemoryBytes = 258_000_000,
        CpuMs = 60_200,
        StartedAt = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero),
        FinishedAt = new(2026, 3, 1, 8, 1, 3, TimeSpan.Zero),
    };

    private static MessageGroup Said(ErrSeverity severity, string text, int count, string? about, int? line) =>
        new(severity, text, count, about) { Line = line };

    private static EnergySummary Summary(Dictionary<string, Dictionary<string, double>> uses) => new()
    {
        SiteEnergyGj = uses.Values.Sum(use => use.Values.Sum()),
        SourceEnergyGj = 1_900,
        SiteEuiMjM2 = uses.Values.Sum(use => use.Values.Sum()) / 2,
        SourceEuiMjM2 = 950,
        TotalAreaM2 = 2_000,
        ConditionedAreaM2 = 1_900,
        EndUsesGj = uses,
        UnmetHours = new(12, 3, 410.4, 1.2),
        Peaks = [new("electricity", 94_000, "19-JUL-15:30"), new("natural_gas", 200_000, "02-JAN-07:10")],
        Periods = [new("Year", "2017-01-01", "2017-12-31", 8760)],
        HoursSimulated = 8760,
        Warnings = 5,
    };

    private static Dictionary<string, Dictionary<string, double>> EndUses(int uses, int fuels) =>
        Uses.Take(uses).Index().ToDictionary(
            use => use.Item,
            use => Fuels.Take(fuels).Index().ToDictionary(fuel => fuel.Item, fuel => 300.0 / (use.Index + (3 * fuel.Index) + 1)));

    private static MonthlyEnergy Months(int uses, int fuels) => new(
        new(2017, 1, 1),
        [.. from use in Uses.Take(uses).Index()
            from fuel in Fuels.Take(fuels).Index()
            select new MonthlyUse(use.Item, fuel.Item, OfMonths(use.Index + fuel.Index))]);

    private static double[] OfMonths(int place) => [.. Enumerable.Range(0, 12).Select(month => OfMonth(month, place))];

    private static double OfMonth(int month, int place) => 9_000 / (place + 1) * (1.2 + Math.Cos(((month * 2) + place) * Math.PI / 12));

    private static HourlyPower Hours(int year) => new(
        new(year, 1, 1),
        [.. Enumerable.Range(0, (DateTime.IsLeapYear(year) ? 366 : 365) * 24)
            .Select(hour => (hour % 24 is >= 7 and < 18 && hour / 24 % 7 < 5 ? 60_000 : 4_000) * (1.5 + Math.Sin(hour / 1400.0)))]);

    private static ZoneTemperatures[] Zones(int count, string name) =>
        [.. Enumerable.Range(0, count)
            .Select(at => new ZoneTemperatures($"{name} {at}", 8 + (at % 7), 16 + (at % 3), 24 + (at % 5), 28 + (at % 9)))];

    private static ReportFile[] Files(params string[] paths) =>
        [.. paths.Select((path, at) => new ReportFile(path, at == 3 ? null : 1_000L << (at % 20)))];
}
