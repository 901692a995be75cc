using System.Text;

using IdfKit.Engine.Parts;
using IdfKit.Engine.Parts.Year;

using TestBed;

namespace IdfKit.Engine.Tests.Parts.Year;

public sealed class YearPartsTests
{
    private const string Idf = """
        Version,25.2;
        RunPeriod,Whole year,1,1,,12,31,,Monday,No,No,No;
        Output:Meter,Electricity:Facility,Monthly;
        Lights,Lamps,Office,Always,Watts/Area,,8;

        """;
    private const string Json = """
        {"Version": {"v": {"version_identifier": "25.2"}}, "RunPeriod": {"Whole year": {"begin_month": 1, "begin_day_of_month": 1,
        "end_month": 12, "end_day_of_month": 31, "day_of_week_for_start_day": "Monday"}},
        "Lights": {"Lamps": {"schedule_name": "Always"}}}
        """;

    private static readonly EngineRequest Request =
        new() { ModelPath = "in.idf", OutputDirectory = "out", WeatherPath = RealParts.Weather("Golden") };

    [Fact]
    public void Each_part_has_its_days_with_a_common_year_and_the_weekday_and_reports_by_day()
    {
        var parts = Of(Idf).Parts.Parts;
        Assert.Equal(["01-01 to 06-30", "07-01 to 12-31"], parts.Select(part => part.Name));
        var later = Text(parts[1]);
        Assert.Contains("RunPeriod,Whole year,6,10,2001,12,31,2001,Sunday,No,No,No;", later, StringComparison.Ordinal);
        Assert.Contains("Output:Variable,*,Facility Heating Setpoint Not Met Time,Daily;", later, StringComparison.Ordinal);
        Assert.Contains("SimulationControl,No,No,No,No,Yes;", later, StringComparison.Ordinal);
        Assert.DoesNotContain("SimulationControl", Text(parts[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_epJSON_have_the_same_days() => Assert.Contains(
        "\"begin_month\":6,\"begin_day_of_month\":10,\"begin_year\":2001,\"end_month\":12,",
        Text(Of(Json).Parts.Parts[1]), StringComparison.Ordinal);

    [Fact]
    public void A_small_model_or_a_busy_machine_keeps_it_whole()
    {
        Assert.Contains("3 s", Of(Idf, least: YearParts.LeastExpected).Parts.WhyNot, StringComparison.Ordinal);
        Assert.NotNull(Of(Idf + "Timestep,6;Zone,A;Zone,B;", least: YearParts.LeastExpected).Plan); // 4.8 s at most
        Assert.Contains("processor", Of(Idf, PeriodsBed.Enough with { Processors = 1 }).Parts.WhyNot, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_uses_no_energy_has_nothing_to_compare_and_is_kept_whole() => Assert.Contains(
        "nothing that uses energy", Of(Idf.Replace("Lights,", "Schedule:Constant,", StringComparison.Ordinal)).Parts.WhyNot,
        StringComparison.Ordinal);

    [Fact]
    public void Days_of_meters_are_asked_for_of_what_the_model_has()
    {
        var part = Text(Of(Idf + "Lights,L,Z,S,Watts/Area,,8;").Parts.Parts[0]);
        Assert.Contains("Output:Meter:MeterFileOnly,InteriorLights:Electricity,Daily;", part, StringComparison.Ordinal);
        Assert.Contains("Output:Meter:MeterFileOnly,Electricity:Facility,Daily;", part, StringComparison.Ordinal);
        Assert.DoesNotContain("Gas", part, StringComparison.Ordinal);
    }

    private static YearParts Of(string text, PartRoom? room = null, TimeSpan least = default)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return YearParts.Of(Model.Read(bytes), Request, room ?? PeriodsBed.Enough, new(25, 2), least);
    }

    private static string Text(RunPart part) => Encoding.UTF8.GetString(part.Text.Span);
}
