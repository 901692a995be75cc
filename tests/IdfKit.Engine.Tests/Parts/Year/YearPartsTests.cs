using System.Text;

using IdfKit.Engine.Parts;
using IdfKit.Engine.Parts.Year;
using IdfKit.Engine.Preparation;

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
    public void What_epJSON_writes_in_plain_letters_stays_so() => Assert.All(
        Of(Json.Replace("Lamps", "Büro <O'Hara>", StringComparison.Ordinal)).Parts.Parts,
        part => Assert.Contains("\"Büro <O'Hara>\"", Text(part), StringComparison.Ordinal));

    [Fact]
    public void A_small_model_or_a_busy_machine_keeps_it_whole()
    {
        Assert.Contains("3 s", Of(Idf, least: YearTime.LeastExpected).Parts.WhyNot, StringComparison.Ordinal);
        Assert.NotNull(Of(Idf + "Timestep,6;Zone,A;Zone,B;", least: YearTime.LeastExpected).Plan); // 4.8 s at most
        Assert.Contains("processor", Of(Idf, PeriodsBed.Enough with { Processors = 1 }).Parts.WhyNot, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12,31,,12,30,,Sunday,No,No,No", "RunPeriodControl:SpecialDays,Labor,1st Monday in September,1;", true)]
    [InlineData("12,31,,12,30,,Sunday,No,No,No", "RunPeriodControl:DaylightSavingTime,4/1,Last sunday in October;", true)]
    [InlineData("12,31,,12,30,,Sunday,No,No,No", "RunPeriodControl:SpecialDays,Labor,1st Mon in Sep,1;", true)]
    [InlineData("12,31,,12,30,,Sunday,No,No,No", "RunPeriodControl:SpecialDays,Easter Monday,4/6,1;", false)]
    [InlineData("12,31,,12,30,,Sunday,No,No,Yes", "", true)]
    [InlineData("12,31,,12,30,,Sunday,No,No,No", "RunPeriodControl:SpecialDays,Labor,9/3,1;", false)]
    [InlineData("7,1,,6,30,,Sunday,No,No,Yes", "RunPeriodControl:SpecialDays,Labor,1st Monday in September,1;", false)] // both begin before
    [InlineData("1,1,,12,31,,Sunday,No,No,Yes", "RunPeriodControl:SpecialDays,Labor,1st Monday in September,1;", false)]
    public void Days_by_a_rule_of_weekdays_keep_a_year_whole_of_which_a_part_begins_behind_new_year(string year, string rule, bool isWhole)
    {
        var model = Idf.Replace("1,1,,12,31,,Monday,No,No,No", year, StringComparison.Ordinal) + rule;
        Assert.Equal(isWhole, Of(model).Parts.WhyNot?.Contains("over new year", StringComparison.Ordinal) is true);
        Assert.Equal(isWhole, Of(model).Plan is null);
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("Timestep,;", 6)]
    [InlineData("Timestep,4.0;", 4)]
    [InlineData("Timestep,4;HeatBalanceAlgorithm,ConductionFiniteDifference;", 20)]
    [InlineData("Timestep,4;SurfaceProperty:HeatTransferAlgorithm,Wall,ConductionFiniteDifference;", 20)]
    [InlineData("Timestep,30;SurfaceProperty:HeatTransferAlgorithm,Wall,ConductionFiniteDifference;", 30)]
    [InlineData("Timestep,4;HeatBalanceAlgorithm,ConductionTransferFunction;", 4)]
    public void Steps_of_an_hour_are_those_that_EnergyPlus_takes(string step, int steps) =>
        Assert.Equal(steps, YearExpectation.StepsOf(Read(Idf + step)));

    [Theory]
    [InlineData("MultizoneWithoutDistribution", 3)]
    [InlineData("NoMultizoneOrDistribution", 1)]
    public void A_network_of_air_flow_is_expected_to_take_longer(string control, int times) => Assert.Equal(
        times * YearExpectation.Of(Read(Idf + "Zone,A;"), 365),
        YearExpectation.Of(Read(Idf + $"Zone,A;AirflowNetwork:SimulationControl,A,{control};"), 365));

    [Fact]
    public void A_model_that_uses_no_energy_has_nothing_to_compare_and_is_kept_whole() => Assert.Contains(
        "nothing that is known to use energy", Of(Idf.Replace("Lights,", "Schedule:Constant,", StringComparison.Ordinal)).Parts.WhyNot,
        StringComparison.Ordinal);

    [Fact]
    public void Days_of_every_meter_of_energy_are_asked_for_but_of_those_that_the_model_asks_for_itself()
    {
        var part = Text(Of(Idf + "Output:Meter,Fans:Electricity,Daily;").Parts.Parts[0]);
        Assert.Contains("Output:Meter:MeterFileOnly,InteriorLights:Electricity,Daily;", part, StringComparison.Ordinal);
        Assert.Contains("Output:Meter:MeterFileOnly,Cogeneration:Propane,Daily;", part, StringComparison.Ordinal);
        Assert.Contains("Output:Meter:MeterFileOnly,Electricity:Facility,Daily;", part, StringComparison.Ordinal);
        Assert.DoesNotContain("Output:Meter:MeterFileOnly,Fans:Electricity", part, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(23, 1, "Heating:DistrictHeating", "Heating:DistrictHeatingWater")]
    [InlineData(25, 2, "Heating:DistrictHeatingWater", "Heating:DistrictHeating")]
    [InlineData(9, 3, "Heating:Gas", "Heating:NaturalGas")]
    public void Meters_are_asked_for_by_the_names_of_the_version(int major, int minor, string has, string lacks)
    {
        List<string> names = [.. YearMeters.All(new(major, minor))];
        Assert.Contains(has, names);
        Assert.DoesNotContain(lacks, names);
        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
        Assert.All(names, name => Assert.True(YearMeters.IsOfFuel(name) || MeterNames.UseOf(name) is not null));
    }

    [Fact]
    public void Objects_that_were_added_to_epJSON_before_keep_their_names()
    {
        const string Asked = """
            "Output:Variable": {"idfkit Output:Variable 1": {"variable_name": "Zone Air Temperature", "reporting_frequency": "Hourly"}},
            """;
        var part = Text(Of(Json.Replace("\"Lights\"", Asked + "\"Lights\"", StringComparison.Ordinal)).Parts.Parts[0]);
        Assert.Equal(2, part.Split("\"idfkit Output:Variable 1\"").Length);
        Assert.Contains("Facility Heating Setpoint Not Met Time", part, StringComparison.Ordinal);
    }

    [Theory] // a zone and six steps an hour take 2.4 s at most, and the longer part 205 of 365 days
    [InlineData(3.6, false)]
    [InlineData(3.8, true)]
    public void A_year_is_divided_only_where_it_could_be_simulated_whole_afterwards(double seconds, bool isDivided)
    {
        var year = Of(Idf + "Timestep,6;Zone,A;", left: TimeSpan.FromSeconds(seconds));
        Assert.Equal(isDivided, year.Plan is not null);
        const string Why = "4 s are left, and should parts differ, it would be simulated again whole, in up to 2 s";
        Assert.Equal(isDivided ? null : Why, year.Parts.WhyNot);
    }

    [Theory] // two parts of 205 days or so: the whole takes 1.8 times what they take
    [InlineData(100, 0.1, 1, false)] // 10 s and 18 s: both fit
    [InlineData(25, 0.1, 1, true)]
    [InlineData(18, 0.1, 1, false)] // the whole no longer fits by itself
    [InlineData(25, 0.5, 5, true)]
    [InlineData(25, 0.9, 9, false)] // nor here
    public void Parts_are_given_up_where_their_pace_leaves_no_time_for_the_year_after_them_and_does_alone(
        double left, double share, double seconds, bool areGivenUp)
    {
        var plan = Of(Idf + "Timestep,6;Zone,A;").Plan!;
        Assert.Equal(2, plan.Segments.Count);
        var why = new YearTime(default, TimeSpan.FromSeconds(left)).WhyNot(plan, share, TimeSpan.FromSeconds(seconds));
        Assert.Equal(areGivenUp, why is not null);
        if (areGivenUp) Assert.Contains("should parts differ", why, StringComparison.Ordinal);
    }

    private static YearParts Of(string text, PartRoom? room = null, TimeSpan least = default, TimeSpan? left = null) =>
        YearParts.Of(Read(text), Request, room ?? PeriodsBed.Enough, new(25, 2), new(least, left ?? TimeSpan.MaxValue));

    private static Model Read(string text)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Model.Read(bytes);
    }

    private static string Text(RunPart part) => Encoding.UTF8.GetString(part.Text.Span);
}
