using IdfKit.Engine;
using IdfKit.Engine.Parts.Year;
using IdfKit.Runs.Parts;

using TestBed;

namespace IdfKit.Runs.Tests.Parts;

/// <summary>The figures of a year, of parts whose tables agree with their meters and of some whose do not.</summary>
public sealed class YearSummaryTests
{
    private const double JoulesOfDay = 2e9; // of lights, and of all electricity
    private const double HoursOfDay = 0.5;

    private static readonly YearPlan Plan =
        YearPlanner.Plan(YearPeriod.Of(new(1, 1), new(12, 31), DayOfWeek.Sunday), shadingDays: 20, parts: 2);

    [Fact]
    public void Figures_are_those_of_365_days()
    {
        var (summary, missing) = Of(part => part)!.Value;
        Assert.Empty(missing);
        Assert.Equal((730, 2190, 7300, 21900), (summary.SiteEnergyGj, summary.SourceEnergyGj, summary.SiteEuiMjM2, summary.SourceEuiMjM2));
        Assert.Equal(730, summary.EndUsesGj!["interior_lighting"]["electricity"]);
        Assert.Equal(new UnmetHours(182.5, null, null, null), summary.UnmetHours);
        Assert.Equal([new PeakDemand("electricity", 5000, "31-DEC-14:15")], summary.Peaks);
    }

    [Fact] // a small building in kWh was told to 0.02 %
    public void Of_tables_that_tell_more_digits_in_another_unit_the_year_has_them_too()
    {
        const double Joules = JoulesOfDay + 1e4;
        var (summary, _) = Of(part => part with { SiteEnergyGj = part.SiteEnergyGj * (Joules / JoulesOfDay) }, Joules)!.Value;
        Assert.Equal((730.00365, 7300.0365), (summary.SiteEnergyGj, summary.SiteEuiMjM2));
        Assert.Equal(730.00365, summary.EndUsesGj!["interior_lighting"]["electricity"]);
    }

    [Fact]
    public void Energy_that_the_meters_do_not_have_is_no_year() =>
        Assert.Null(Of(part => part with { SiteEnergyGj = part.SiteEnergyGj + 0.1 * part.SiteEnergyGj }));

    [Fact]
    public void An_end_use_that_the_meters_do_not_have_is_no_year() => Assert.Null(
        Of(part => part with { EndUsesGj = new(part.EndUsesGj!) { ["pumps"] = new() { ["electricity"] = 0.5 } } }));

    [Fact]
    public void A_figure_that_does_not_come_out_is_not_given_and_is_named()
    {
        var (summary, missing) = Of(part => part with
        {
            SourceEnergyGj = part.SourceEnergyGj + 5, UnmetHours = part.UnmetHours with { Heating = 1 },
            Peaks = [new("electricity", 4000, null)],
        })!.Value;
        Assert.Equal(["source energy", "hours in which setpoints were not met", "peaks"], missing);
        Assert.Equal((730, null, null), (summary.SiteEnergyGj, summary.SourceEnergyGj, summary.SourceEuiMjM2));
        Assert.Equal((new UnmetHours(null, null, null, null), 0), (summary.UnmetHours, summary.Peaks.Count));
    }

    [Fact]
    public void What_the_tables_do_not_have_the_year_has_neither()
    {
        var (summary, missing) = Of(_ => new())!.Value;
        Assert.Empty(missing);
        Assert.Equal((null, null, null), (summary.SiteEnergyGj, summary.EndUsesGj, summary.UnmetHours.Heating));
    }

    private static (EnergySummary Summary, IReadOnlyList<string> Missing)? Of(
        Func<EnergySummary, EnergySummary> ofPart, double joulesOfDay = JoulesOfDay)
    {
        List<YearReports> reports = [.. Plan.Segments.Select(segment => ReportsOf(segment, joulesOfDay))];
        var factors = new Dictionary<string, double> { ["electricity"] = 3 };
        List<EnergySummary> tables = [.. Plan.Segments.Select(segment => ofPart(TablesOf(segment.Days)) with { SourceFactors = factors })];
        return new YearSummary(Plan, stepsOfHour: 4).Of(reports, tables);
    }

    private static EnergySummary TablesOf(int days) => new()
    {
        SiteEnergyGj = 2 * days,
        SourceEnergyGj = 6 * days,
        SiteEuiMjM2 = 20 * days,
        SourceEuiMjM2 = 60 * days,
        TotalAreaM2 = 100,
        EndUsesGj = new() { ["interior_lighting"] = new() { ["electricity"] = 2 * days } },
        UnmetHours = new(HoursOfDay * days, null, null, null),
        Peaks = [new("electricity", days > 202 ? 5000 : 4500, "x")], // the later part has 205 days, and the higher peak
    };

    private static YearReports ReportsOf(YearSegment segment, double joulesOfDay)
    {
        var days = segment.Days;
        var joules = Enumerable.Repeat(joulesOfDay, days).ToArray();
        var highest = Enumerable.Repeat(new DayPeak(4500 * 900, TimeSpan.FromHours(9)), days).ToArray();
        if (segment == Plan.Segments[1]) highest[^1] = new(5000 * 900, new TimeSpan(14, 15, 0));
        return new(
            new Dictionary<string, double[]> { ["InteriorLights:Electricity"] = joules, ["Electricity:Facility"] = joules },
            new Dictionary<string, double[]>())
        {
            Peaks = new Dictionary<string, DayPeak[]> { ["Electricity:Facility"] = highest },
            Unmet = new Dictionary<string, double[]>
            {
                ["Facility Heating Setpoint Not Met Time"] = [.. Enumerable.Repeat(HoursOfDay, days)],
            },
        };
    }
}
