using TestBed;

namespace IdfKit.Engine.Tests.Models;

/// <summary>The smallest model that the real EnergyPlus completes, in parts; a run of it takes a tenth of a second.</summary>
internal static class SmallModel
{
    public const string Version = "Version,25.2;\n";
    public const string RunPeriod = "RunPeriod,Week,1,1,,1,7,,,No,No,No,Yes,Yes;\n";
    public const string DesignDay =
        "SizingPeriod:DesignDay,Cold,1,21,WinterDesignDay,-20,0,,,Wetbulb,-20,,,,,99063,4.9,270,No,No,No,ASHRAEClearSky,,,,,0;\n";
    public const string WeatherDays = "SizingPeriod:WeatherFileDays,Cold days,1,2,1,4,WinterDesignDay,No,No;\n";

    /// <summary>Everything but version, periods and their control.</summary>
    public const string Rest = """
        Building,Box,0,Suburbs,0.04,0.4,FullExterior,25,6;
        Timestep,4;
        GlobalGeometryRules,UpperLeftCorner,Counterclockwise,Relative;
        Site:Location,Somewhere,42,-88,-6,200;
        ScheduleTypeLimits,Free;
        Schedule:Constant,Use,Free,0.5;

        """;

    /// <summary>A design day and one schedule of a name.</summary>
    public static string Named(string name) => Version + DesignDay + Rest.Replace("Use,", name + ",", StringComparison.Ordinal);

    /// <summary>Runs the real EnergyPlus on a file; its exit code and what it wrote into its log of errors.</summary>
    public static (int ExitCode, string Errors) Run(TemporaryFolder folder, string model, params string[] arguments)
    {
        var engine = Path.Combine(RealParts.EnergyPlus(), "energyplus");
        var exitCode = Child.Run(engine, folder.Path, [.. arguments, "-d", folder["out"], model]);
        var errors = folder["out", "eplusout.err"];
        return (exitCode, File.Exists(errors) ? File.ReadAllText(errors) : "");
    }
}
