using IdfKit.Engine.Parts.Year;

namespace IdfKit.Engine.Tests.Parts.Year;

public sealed class YearPlannerTests
{
    private static readonly YearPeriod Calendar = YearPeriod.Of(new(1, 1), new(12, 31), DayOfWeek.Sunday);

    [Fact]
    public void A_calendar_year_in_two_has_its_seam_in_summer_and_both_ends_on_the_shading_period()
    {
        var plan = YearPlanner.Plan(Calendar, shadingDays: 20, parts: 2);
        List<YearSegment> expected = [new(0, 199, 0, 180), new(160, 364, 181, 364)];
        Assert.Equal(expected, plan.Segments);
        Assert.Equal(405, plan.SimulatedDays);
    }

    [Fact]
    public void A_long_shading_period_gives_fewer_parts()
    {
        Assert.Equal(12, YearPlanner.Plan(Calendar, shadingDays: 1, parts: 12).Segments.Count);
        var few = YearPlanner.Plan(Calendar, shadingDays: 30, parts: 12);
        Assert.InRange(few.Segments.Count, 2, 11);
        Assert.True(few.SimulatedDays <= 1.7 * 365);
    }

    [Fact]
    public void A_month_is_not_divided() =>
        Assert.Empty(YearPlanner.Plan(YearPeriod.Of(new(3, 1), new(3, 31), DayOfWeek.Monday), 20, 4).Segments);

    [Theory]
    [InlineData(1, 1, 2, 28, 20)] // the second part would be the whole
    [InlineData(1, 1, 3, 31, 20)]
    [InlineData(7, 1, 8, 31, 20)]
    [InlineData(1, 1, 2, 1, 7)] // nothing behind the seam
    public void What_would_hardly_be_shorter_is_not_divided(int month, int day, int endMonth, int endDay, int shading) =>
        Assert.Empty(YearPlanner.Plan(YearPeriod.Of(new(month, day), new(endMonth, endDay), DayOfWeek.Monday), shading, 2).Segments);

    [Theory]
    [InlineData(1, 1, 12, 31, 365)]
    [InlineData(1, 2, 1, 1, 365)] // Reference StripMall
    [InlineData(7, 1, 6, 30, 365)]
    [InlineData(11, 15, 3, 14, 120)]
    public void Days_are_those_without_29_February(int month, int day, int endMonth, int endDay, int days)
    {
        var period = YearPeriod.Of(new(month, day), new(endMonth, endDay), DayOfWeek.Friday);
        Assert.Equal(days, period.Days);
        Assert.Equal(new YearDate(endMonth, endDay), period.DateOf(days - 1));
    }

    [Fact]
    public void Any_plan_keeps_each_day_once_and_follows_the_sun_the_seams_and_the_weekdays()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        for (var trial = 0; trial < 300; trial++)
        {
            var begin = new YearDate(1, 1).Plus(random.Next(365));
            var period = new YearPeriod(begin, random.Next(1, 366), (DayOfWeek)random.Next(7));
            int[] shadings = [1, 7, 20, 30];
            var shading = shadings[random.Next(shadings.Length)];
            var plan = YearPlanner.Plan(period, shading, random.Next(2, 13), random.Next(0, 30));
            if (plan.Segments.Count > 0) Check(plan, shading);
        }
    }

    private static void Check(YearPlan plan, int shading)
    {
        var (period, segments) = (plan.Period, plan.Segments);
        Assert.Equal(Enumerable.Range(0, period.Days),
            segments.SelectMany(one => Enumerable.Range(one.KeptFirst, one.KeptLast - one.KeptFirst + 1)));
        Assert.True(plan.SimulatedDays <= 1.7 * period.Days);
        Assert.Equal(0, segments[0].First);
        Assert.Equal(period.Days - 1, segments[^1].Last);
        foreach (var one in segments)
        {
            Assert.Equal(0, one.First % shading);
            Assert.True((one.Last + 1) % shading == 0 || one.Last == period.Days - 1);
            Assert.True(one.Last >= one.KeptLast + 8 || one.Last == period.Days - 1);
            Assert.True(one.Days <= 0.8 * period.Days);
            Assert.True(one.KeptFirst + 8 <= period.Days);
            Assert.True(one.KeptFirst == 0 || period.DateOf(one.KeptFirst).Day == 1);
            var (year, date) = (plan.YearOf(one), period.DateOf(one.First));
            Assert.Equal((DayOfWeek)(((int)period.Weekday + one.First) % 7), new DateOnly(year, date.Month, date.Day).DayOfWeek);
            var last = new DateOnly(year, date.Month, date.Day).AddDays(one.Days - 1);
            Assert.Equal((plan.EndYearOf(one), period.DateOf(one.Last)), (last.Year, new YearDate(last.Month, last.Day)));
        }
    }
}
