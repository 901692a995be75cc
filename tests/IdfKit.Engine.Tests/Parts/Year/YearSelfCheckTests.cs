using IdfKit.Engine.Parts.Year;

namespace IdfKit.Engine.Tests.Parts.Year;

public sealed class YearSelfCheckTests
{
    private static readonly YearPlan Plan =
        YearPlanner.Plan(YearPeriod.Of(new(1, 1), new(12, 31), DayOfWeek.Sunday), shadingDays: 20, parts: 2);

    private static readonly Dictionary<string, double> Sums = new() { ["Electricity:Facility"] = 365 };

    [Fact]
    public void Neighbours_that_agree_may_be_joined_and_the_days_are_those_behind_the_seam()
    {
        var check = Check(perDay: 0, kelvin: 0);
        Assert.True(check.IsWithin);
        Assert.Equal((new YearDate(7, 1), 21, 18), (check.Seam, check.LeadInDays, check.ComparedDays));
        Assert.Null(check.TankMaxKelvin); // where there is none
    }

    [Theory]
    [InlineData(0.0009, 0, true)] // as far apart on each of the 184 days till the end: 0.045 % of 365
    [InlineData(0.0011, 0, false)]
    [InlineData(-0.0011, 0, false)]
    [InlineData(0, 0.09, true)]
    [InlineData(0, 0.11, false)]
    [InlineData(double.NaN, 0, false)]
    [InlineData(0, double.NaN, false)]
    public void Beyond_either_limit_or_without_a_number_they_may_not(double perDay, double kelvin, bool isWithin) =>
        Assert.Equal(isWithin, Check(perDay, kelvin).IsWithin);

    [Theory] // nothing is apart in the last week
    [InlineData(0.17, true)] // 0.047 % of 365
    [InlineData(0.19, false)]
    public void What_is_gone_after_a_day_counts_once(double joules, bool isWithin)
    {
        List<YearReports> reports = [Reports(0, 0, 0), Reports(1, 0, 0)];
        reports[1].Meters["Electricity:Facility"][Plan.Segments[1].LeadIn] += joules;
        Assert.Equal(isWithin, YearSelfCheck.Of(Plan, 0, reports[0], reports[1], Sums).IsWithin);
    }

    [Fact]
    public void A_burner_that_is_out_of_phase_is_no_lasting_difference()
    {
        List<YearReports> reports = [Reports(0, 0, 0), Reports(1, 0, 0)];
        var days = reports[1].Meters["Electricity:Facility"];
        foreach (var day in Enumerable.Range(0, days.Length)) days[day] += day % 2 == 0 ? 0.009 : -0.009;
        Assert.True(YearSelfCheck.Of(Plan, 0, reports[0], reports[1], Sums).IsWithin);
    }

    [Theory]
    [InlineData("Fans:Electricity", 0.36, 0.1, true)] // less than a thousandth of what the site needs
    [InlineData("Fans:Electricity", 3.65, 0.000009, true)] // each of 184 days: 0.045 %
    [InlineData("Fans:Electricity", 3.65, 0.000011, false)]
    [InlineData("Fans:EnergyTransfer", 3.65, 1, true)] // no fuel
    public void An_end_use_is_compared_by_itself(string meter, double ofYear, double perDay, bool isWithin)
    {
        List<YearReports> reports = [Reports(0, 0, 0), Reports(1, 0, 0)];
        foreach (var report in reports)
            ((Dictionary<string, double[]>)report.Meters)[meter] =
                [.. Enumerable.Repeat(ofYear / 365, report.Meters["Electricity:Facility"].Length)];
        foreach (ref var day in reports[1].Meters[meter].AsSpan()) day += perDay;
        var check = YearSelfCheck.Of(Plan, 0, reports[0], reports[1], new Dictionary<string, double>(Sums) { [meter] = ofYear });
        Assert.Equal(isWithin, check.IsWithin);
        if (!isWithin) Assert.Equal(meter, check.WorstMeter);
    }

    [Theory] // a burner that is out of phase moves the mean of days by less
    [InlineData(0.4, true)]
    [InlineData(0.6, false)]
    [InlineData(double.NaN, false)]
    public void A_tank_that_is_not_as_full_may_not_be_joined(double kelvin, bool isWithin)
    {
        List<YearReports> reports = [Tank(Reports(0, 0, 0), 50), Tank(Reports(1, 0, 0), 50 + kelvin)];
        Assert.Equal(isWithin, YearSelfCheck.Of(Plan, 0, reports[0], reports[1], Sums).IsWithin);

        static YearReports Tank(YearReports reports, double celsius) => reports with
        {
            Tanks = new Dictionary<string, double[]> { ["Tank"] = [.. Enumerable.Repeat(celsius, reports.ZoneAir["Office"].Length / 24)] },
        };
    }

    [Theory]
    [InlineData("Zone Mean Air Humidity Ratio", "kgWater/kgDryAir", 0.0024, 0.0089, true)] // of a loft that nothing ventilates
    [InlineData("Zone Mean Air Humidity Ratio", "kgWater/kgDryAir", 0.0089, 0.00895, false)]
    [InlineData("Zone Air CO2 Concentration", "ppm", 500000, 40000, true)]
    [InlineData("Zone Air CO2 Concentration", "ppm", 400, 407, false)]
    [InlineData("System Node Temperature", "C", 37.5, 31.7, true)] // of a loop that stands still
    [InlineData("System Node Temperature", "C", 37.5, 37.9, false)]
    [InlineData("System Node Temperature", "C", 37.5, double.NaN, true)]
    [InlineData("Zone Air Relative Humidity", "%", 40, 42, true)]
    [InlineData("Zone Thermal Comfort Fanger Model PMV", "", 0.1, 0.3, true)]
    [InlineData("Site Snow on Ground Status", "", 1, 0, true)] // missing from the weather since March
    [InlineData("Water Heater Heating Energy", "J", 0, 1e6, false)] // burners are out of phase
    public void A_series_that_the_model_reports_is_named_where_it_is_apart_and_joined(
        string name, string unit, double one, double other, bool isApart)
    {
        var variable = new ResultVariable(7, "LOFT", name, unit, ResultFrequency.Hourly);
        var check = YearSelfCheck.Of(Plan, 0, Of(0, one), Of(1, other), Sums);
        Assert.True(check.IsWithin);
        Assert.Equal(isApart ? [$"LOFT:{name} [{unit}](Hourly)"] : [], check.StatesApart);

        YearReports Of(int segment, double value) => Reports(segment, 0, 0) with
        {
            States = new Dictionary<ResultVariable, double[]>
            {
                [variable] = [.. Enumerable.Repeat(value, Plan.Segments[segment].Days)],
            },
        };
    }

    [Fact]
    public void A_neighbour_without_the_other_s_meter_may_not_be_joined()
    {
        var nothing = new YearReports(new Dictionary<string, double[]>(), new Dictionary<string, double[]>());
        Assert.False(YearSelfCheck.Of(Plan, 0, Reports(0, 0, 0), nothing, Sums).IsWithin);
    }

    [Fact] // criterion 5 of the measurements: no lead-in is in any figure
    public void A_meter_of_one_joule_a_day_has_as_many_joules_as_the_year_has_days() =>
        Assert.Equal(365, YearReports.Sums(Plan, [Reports(0, 0, 0), Reports(1, 0, 0)])["Electricity:Facility"]);

    private static YearSelfCheck Check(double perDay, double kelvin)
    {
        List<YearReports> reports = [Reports(0, 0, 0), Reports(1, perDay, kelvin)];
        return YearSelfCheck.Of(Plan, 0, reports[0], reports[1], Sums);
    }

    private static YearReports Reports(int segment, double more, double warmer)
    {
        var days = Plan.Segments[segment].Days;
        return new(
            new Dictionary<string, double[]> { ["Electricity:Facility"] = [.. Enumerable.Repeat(1 + more, days)] },
            new Dictionary<string, double[]> { ["Office"] = [.. Enumerable.Repeat(20 + warmer, days * 24)] });
    }
}
