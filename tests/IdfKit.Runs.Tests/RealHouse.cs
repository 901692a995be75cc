using TestBed;

using IdfKit.Engine;

namespace IdfKit.Runs.Tests;

/// <summary>A small house and a week of weather, written here, and the real EnergyPlus that runs them.</summary>
internal sealed class RealHouse : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EnergyPlusRunner _runner;
    private int _runs;

    public RealHouse()
    {
        Installation = EnergyPlusInstallation.Find(RealParts.EnergyPlus());
        _runner = new EnergyPlusRunner(Installation);
    }

    public EnergyPlusInstallation Installation { get; }

    /// <summary>The model: a room, and its first week of January.</summary>
    public static string Model { get; } = """
        Version,25.2;
        SimulationControl,No,No,No,No,Yes;
        Building,House,0,Suburbs,0.04,0.4,FullExterior,25,6;
        Timestep,4;
        RunPeriod,Week,1,1,,1,7,,,No,No,No,Yes,Yes;
        GlobalGeometryRules,UpperLeftCorner,Counterclockwise,Relative;
        Material,Stone,Rough,0.2,0.6,1500,900;
        Construction,Shell,Stone;
        Zone,Hall;
        BuildingSurface:Detailed,S,Wall,Shell,Hall,,Outdoors,,SunExposed,WindExposed,,4,0,0,3,0,0,0,5,0,0,5,0,3;
        BuildingSurface:Detailed,E,Wall,Shell,Hall,,Outdoors,,SunExposed,WindExposed,,4,5,0,3,5,0,0,5,4,0,5,4,3;
        BuildingSurface:Detailed,N,Wall,Shell,Hall,,Outdoors,,SunExposed,WindExposed,,4,5,4,3,5,4,0,0,4,0,0,4,3;
        BuildingSurface:Detailed,W,Wall,Shell,Hall,,Outdoors,,SunExposed,WindExposed,,4,0,4,3,0,4,0,0,0,0,0,0,3;
        BuildingSurface:Detailed,R,Roof,Shell,Hall,,Outdoors,,SunExposed,WindExposed,,4,0,4,3,0,0,3,5,0,3,5,4,3;
        BuildingSurface:Detailed,F,Floor,Shell,Hall,,Ground,,NoSun,NoWind,,4,0,0,0,0,4,0,5,4,0,5,0,0;
        ScheduleTypeLimits,Any;
        Output:SQLite,Simple;
        Output:Variable,*,Site Outdoor Air Drybulb Temperature,Hourly;
        Output:Variable,*,Site Solar Altitude Angle,Hourly;

        """;

    /// <summary>The first eight lines of the weather.</summary>
    public static IReadOnlyList<string> Header { get; } =
    [
        "LOCATION,Hamlet,-,XXX,made up,000000,47.0,8.0,1.0,400.0",
        "DESIGN CONDITIONS,0", "TYPICAL/EXTREME PERIODS,0", "GROUND TEMPERATURES,0",
        "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0", "COMMENTS 1,made up", "COMMENTS 2,", "DATA PERIODS,1,1,Data,Sunday, 1/ 1, 1/ 7",
    ];

    /// <summary>Records of some days, hour by hour.</summary>
    public static IEnumerable<string> Records(DateOnly first, int days, int anHour = 1) =>
        from day in Enumerable.Range(0, days)
        from hour in Enumerable.Range(1, 24)
        from part in Enumerable.Range(1, anHour)
        let date = first.AddDays(day)
        select $"{date.Year},{date.Month},{date.Day},{hour},{60 * part / anHour},?9,{hour % 12 - 3}.5,-5.0,80,96500,"
            + "0,0,280,0,0,0,0,0,0,0,180,3.0,5,5,20.0,2000,9,999999999,10,0.1,0,88,0.2,0.0,1.0";

    /// <summary>The week as lines.</summary>
    public static List<string> Week() => [.. Header, .. Records(new(2001, 1, 1), 7)];

    public static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    /// <summary>A new folder with nothing in it.</summary>
    public string NewFolder() => Directory.CreateDirectory(_folder[$"{Interlocked.Increment(ref _runs)}"]).FullName;

    /// <summary>Runs EnergyPlus on files of a folder, in it.</summary>
    public async Task<EngineRun> RunAsync(string folder, string model = "in.idf", string? weather = "in.epw") =>
        await _runner.RunAsync(new()
        {
            ModelPath = Path.Combine(folder, model),
            WeatherPath = weather is null ? null : Path.Combine(folder, weather),
            WorkingDirectory = folder,
            OutputDirectory = Path.Combine(folder, "out"),
            Timeout = TimeSpan.FromSeconds(30), // some weather has EnergyPlus go round for ever; any other takes a second
        });

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        _folder.Dispose();
    }
}
