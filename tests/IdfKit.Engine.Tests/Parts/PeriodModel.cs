using TestBed;

namespace IdfKit.Engine.Tests.Parts;

/// <summary>The example with run periods of a test's own.</summary>
internal static class PeriodModel
{
    private const string Reports = """

        Output:SQLite, SimpleAndTabular;
        Output:Variable,*,Zone Mean Air Temperature,Timestep;
        Output:Variable,*,Zone Mean Air Temperature,RunPeriod;
        Output:Variable,*,Surface Inside Face Temperature,Hourly;
        Output:Meter,DistrictCooling:Facility,Monthly;
        Output:Meter:MeterFileOnly,DistrictHeating:Facility,Hourly;

        """;

    private const string DesignDays = """

        Site:Location, Chicago, 41.98, -87.92, -6, 201;
        SizingPeriod:DesignDay, Coldest, 1, 21, WinterDesignDay, -17.3, 0, , , Wetbulb, -17.3, , , , , 99063, 4.9, 270, No, No, No,
          ASHRAEClearSky, , , , , 0;
        SizingPeriod:DesignDay, Hottest, 7, 21, SummerDesignDay, 31.5, 10.7, , , Wetbulb, 23, , , , , 99063, 5.3, 230, No, No, No,
          ASHRAEClearSky, , , , , 1;

        """;

    /// <param name="periods">Each: name, begin month, day, year, end month, day, year, weekday.</param>
    /// <param name="more">Objects beside.</param>
    /// <param name="withDesignDays">Whether design days are simulated, too.</param>
    public static string With(IReadOnlyList<string> periods, string more = "", bool withDesignDays = false)
    {
        var model = File.ReadAllText(RealParts.Model("one-zone"));
        var start = model.IndexOf("RunPeriod,\n", StringComparison.Ordinal);
        var end = model.IndexOf("GlobalGeometryRules", StringComparison.Ordinal);
        var all = string.Concat(periods.Select(period => $"RunPeriod, {period}, Yes, Yes, No, Yes, Yes;\n"));
        model = model[..start] + all + "\n" + model[end..] + more;
        if (!withDesignDays) return model + Reports;
        const string Off = "No,                      !- Run Simulation for Sizing Periods";
        return model.Replace(Off, "Yes,", StringComparison.Ordinal) + DesignDays + Reports;
    }
}
