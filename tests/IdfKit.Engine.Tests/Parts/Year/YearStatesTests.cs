using IdfKit.Engine.Parts.Year;

namespace IdfKit.Engine.Tests.Parts.Year;

/// <summary>Which of the series that a model reports are looked at where parts meet.</summary>
public sealed class YearStatesTests
{
    private static readonly YearSegment Segment = new(0, 199, 0, 199);

    [Theory] // 96 MB, however short its steps are: with finite differences an hour has 20 and more
    [InlineData(ResultFrequency.Hourly, 60, 2500)]
    [InlineData(ResultFrequency.Timestep, 4, 625)]
    [InlineData(ResultFrequency.Timestep, 60, 41)]
    public void No_more_series_are_looked_at_than_are_to_be_held(ResultFrequency frequency, int steps, int most)
    {
        var takes = YearStates.Choose(Segment, steps);
        Assert.Equal(most, Enumerable.Range(0, 5000).Count(id => takes(new(id, "K", "Surface Inside Face Temperature", "C", frequency))));
    }

    [Theory]
    [InlineData(YearOutputs.Air, ResultFrequency.Hourly, false)] // compared otherwise
    [InlineData(YearOutputs.Tank, ResultFrequency.Daily, false)]
    [InlineData("Zone Operative Temperature", ResultFrequency.Daily, true)]
    [InlineData("Zone Operative Temperature", ResultFrequency.Monthly, false)]
    [InlineData("Zone Operative Temperature", ResultFrequency.Detailed, false)]
    public void What_has_values_of_each_day_and_is_not_compared_otherwise_is_looked_at(
        string name, ResultFrequency frequency, bool isLookedAt) =>
        Assert.Equal(isLookedAt, YearStates.Choose(Segment, 4)(new(1, "K", name, "C", frequency)));
}
