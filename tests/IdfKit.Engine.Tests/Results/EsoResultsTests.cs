namespace IdfKit.Engine.Tests.Results;

/// <summary>Time series out of <c>.eso</c> text: which values, in which intervals.</summary>
public sealed class EsoResultsTests
{
    private const string Dictionary = EsoText.Head + """
        7,1,Environment,Site Outdoor Air Drybulb Temperature [C] !TimeStep,BLDG_OCC_SCH
        8,1,ZONE, WITH COMMA,Zone Mean Air Temperature [C] !Hourly
        9,1,FAN,Fan Electricity Energy [J] !Each Call
        452,1,CORE_ZN,Zone Mean Air Temperature [C] !Each Call
        453,7,CORE_ZN,Zone Mean Air Temperature [C] !Daily [Value,Min,Hour,Minute,Max,Hour,Minute]
        454,9,CORE_ZN,Zone Mean Air Temperature [C] !Monthly [Value,Min,Day,Hour,Minute,Max,Day,Hour,Minute]
        455,11,CORE_ZN,Zone Mean Air Temperature [C] !RunPeriod [Value,Min,Month,Day,Hour,Minute,Max,Month,Day,Hour,Minute]
        456,11,CORE_ZN,Zone Mean Air Temperature [C] !Annual [Value,Min,Month,Day,Hour,Minute,Max,Month,Day,Hour,Minute]
        12,1,Water Heater:WaterSystems:NaturalGas [J] !Hourly
        1144,1,PSZ-AC:1,Air System Simulation Cycle On Off Status [] !Hourly
        End of Data Dictionary

        """;

    private const string End = "End of Data\n Number of Records Written=           1\n";

    [Fact]
    public void Read_lists_variables_with_key_name_units_and_frequency()
    {
        var eso = EsoText.Read(Dictionary + End);

        Assert.Equal(
            [
                new(7, "Environment", "Site Outdoor Air Drybulb Temperature", "C", ResultFrequency.Timestep),
                new(8, "ZONE, WITH COMMA", "Zone Mean Air Temperature", "C", ResultFrequency.Hourly),
                new(9, "FAN", "Fan Electricity Energy", "J", ResultFrequency.Detailed),
                new(452, "CORE_ZN", "Zone Mean Air Temperature", "C", ResultFrequency.Detailed),
                new(453, "CORE_ZN", "Zone Mean Air Temperature", "C", ResultFrequency.Daily),
                new(454, "CORE_ZN", "Zone Mean Air Temperature", "C", ResultFrequency.Monthly),
                new(455, "CORE_ZN", "Zone Mean Air Temperature", "C", ResultFrequency.RunPeriod),
                new(456, "CORE_ZN", "Zone Mean Air Temperature", "C", ResultFrequency.Annual),
                new(12, "", "Water Heater:WaterSystems:NaturalGas", "J", ResultFrequency.Hourly),
                new(1144, "PSZ-AC:1", "Air System Simulation Cycle On Off Status", "", ResultFrequency.Hourly),
            ],
            eso.Variables);
        Assert.True(eso.Variables[8].IsMeter);
        Assert.False(eso.IsCut);
        Assert.Empty(eso.Environments);
        Assert.Null(eso.Series("Zone Mean Air Temperature"));
    }

    [Fact]
    public void Series_gives_the_values_of_an_environment_and_by_default_of_the_last()
    {
        var eso = EsoText.Read(EsoText.Year(variables: 3, days: 2));

        var year = eso.Series("zone mean air temperature", "zone 1")!;
        var designDay = eso.Series("Zone Mean Air Temperature", "ZONE 1", ResultFrequency.Hourly, eso.Environments[0])!;

        Assert.Equal(["DESIGN DAY", "A YEAR"], eso.Environments.Select(environment => environment.Title));
        Assert.Equal([true, false], eso.Environments.Select(environment => environment.IsDesignDay));
        Assert.Equal(new(41.98, -87.92, -6, 201), eso.SiteOf(eso.Environments[1]));
        Assert.Equal((48, 24), (year.Count, designDay.Count));
        Assert.Equal(Enumerable.Range(1, 48).Select(hour => EsoText.ValueOf(1, hour)), year.Values.ToArray());
        Assert.Null(eso.Series("Zone Mean Air Temperature", "ZONE 9"));
        Assert.Null(eso.Series("Zone Mean Air Temperature", "ZONE 1", ResultFrequency.Daily));
    }

    [Fact]
    public void Times_of_hour_24_end_at_midnight_of_the_next_day()
    {
        var times = EsoText.Read(EsoText.Year(variables: 1, days: 365)).Series("Zone Mean Air Temperature")!.Times;

        Assert.Equal(new ResultTime(new(2017, 1, 1, 0, 0, 0), new(2017, 1, 1, 1, 0, 0), "Sunday"), times[0]);
        Assert.Equal(new ResultTime(new(2017, 1, 1, 23, 0, 0), new(2017, 1, 2, 0, 0, 0), "Sunday"), times[23]);
        Assert.Equal(new DateTime(2018, 1, 1), times[^1].End);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
    }

    [Theory]
    [InlineData("2,60, 2,29, 0,24, 0.00,60.00,Thursday", "2024-02-29 23:00", "2024-03-01 00:00")]
    [InlineData("2,60, 2,28, 0,24, 0.00,60.00,Wednesday", "2007-02-28 23:00", "2007-03-01 00:00")]
    [InlineData("2,1, 7,21, 0,13, 0.00,60.00,SummerDesignDay", "2017-07-21 12:00", "2017-07-21 13:00")]
    public void Times_are_in_a_year_that_has_the_day_and_its_weekday(string stamp, string start, string end)
    {
        var time = EsoText.Read(Dictionary + "1,RUN, 1,2,3,4\n" + stamp + "\n8,1.5\n" + End).Series("Zone Mean Air Temperature")!.Times[0];

        Assert.Equal((start, end), ($"{time.Start:yyyy-MM-dd HH:mm}", $"{time.End:yyyy-MM-dd HH:mm}"));
    }

    [Fact]
    public void Times_of_every_frequency_are_the_intervals_of_their_values()
    {
        var eso = EsoText.Read(Dictionary + """
            1,RUN, ONE,  41.98, -87.92,  -6.00, 201.00
            2,364,12,30, 0,24,50.00,60.00,Saturday
            7,1.0
            2,364,12,30, 0,24, 0.00,60.00,Saturday
            8,2.0
            3,364,12,30, 0,Saturday
            453,3.0,1.0, 1,10,5.0,24,60
            2,365,12,31, 0,24,50.00,60.00,Sunday
            7,1.5
            2,365,12,31, 0,24, 0.00,60.00,Sunday
            8,2.5
            3,365,12,31, 0,Sunday
            453,3.5,1.0, 1,10,5.0,24,60
            4,365,12
            454,4.0,1.0, 1, 1,10,5.0,31,24,60
            5,2
            455,5.0,1.0, 12,30, 1,10,5.0,12,31,24,60
            6,2017
            456,6.0,1.0, 12,30, 1,10,5.0,12,31,24,60
            """ + "\n" + End);

        Assert.Equal("RUN, ONE", eso.Environments.Single().Title);
        Assert.Equal(201, eso.SiteOf(eso.Environments[0])!.ElevationMetres);
        Assert.Equal(
            [
                "Timestep 2 1.5 2017-12-31 23:50 to 2018-01-01 00:00 Sunday",
                "Hourly 2 2.5 2017-12-31 23:00 to 2018-01-01 00:00 Sunday",
                "Daily 2 3.5 2017-12-31 00:00 to 2018-01-01 00:00 Sunday",
                "Monthly 1 4 2017-12-01 00:00 to 2018-01-01 00:00 ",
                "RunPeriod 1 5 2017-12-30 00:00 to 2018-01-01 00:00 ",
                "Annual 1 6 2017-01-01 00:00 to 2018-01-01 00:00 ",
            ],
            eso.AllSeries().Select(Shown));

        static string Shown(ResultSeries series)
        {
            var (value, time) = (series.Values.Span[^1], series.Times[^1]);
            return FormattableString.Invariant($"{series.Variable.Frequency} {series.Count} {value} ")
                + FormattableString.Invariant($"{time.Start:yyyy-MM-dd HH:mm} to {time.End:yyyy-MM-dd HH:mm} {time.DayType}");
        }
    }

    [Fact]
    public void Times_of_uneven_steps_are_those_of_each_variable()
    {
        var eso = EsoText.Read(Dictionary + """
            1,RUN,  41.98, -87.92,  -6.00, 201.00
            2,1, 1, 1, 0, 1, 0.00, 2.50,Monday
            9,1.0
            2,1, 1, 1, 0, 1, 2.50,10.00,Monday
            9,2.0
            2,1, 1, 1, 0, 1, 0.00,10.00,Monday
            452,20.0
            2,1, 1, 1, 0, 1,10.00,20.00,Monday
            9,3.0
            2,1, 1, 1, 0, 1,10.00,20.00,Monday
            452,21.0
            """ + "\n" + End);

        Assert.Equal(["0-2.5", "2.5-10", "10-20"], Minutes("Fan Electricity Energy"));
        Assert.Equal(["0-10", "10-20"], Minutes("Zone Mean Air Temperature"));

        IEnumerable<string> Minutes(string name) => eso.Series(name, frequency: ResultFrequency.Detailed)!.Times.Select(time =>
            FormattableString.Invariant($"{time.Start.TimeOfDay.TotalMinutes}-{time.End.TimeOfDay.TotalMinutes}"));
    }

    [Theory]
    [InlineData("8,1,A ! B,Zone Mean Air Temperature [C] !Hourly", "A ! B", "C")]
    [InlineData("8,1,A !Daily,Zone Mean Air Temperature [C] !Hourly", "A !Daily", "C")]
    [InlineData("8,1,A [J] !Daily [x],Zone Mean Air Temperature [] !Hourly,A ! SCHEDULE", "A [J] !Daily [x]", "")]
    [InlineData("8,1,A,Zone Mean Air Temperature !Hourly", "A", "")]
    public void Names_with_exclamation_marks_are_kept(string line, string key, string units)
    {
        var eso = EsoText.Read(EsoText.Head + line
            + "\nEnd of Data Dictionary\n1,RUN,1,2,3,4\n2,1, 1, 1, 0, 1, 0.00,60.00,Sunday\n8,5.5\n" + End);

        Assert.Equal(new ResultVariable(8, key, "Zone Mean Air Temperature", units, ResultFrequency.Hourly), eso.Variables.Single());
        Assert.Equal(5.5, eso.Series("Zone Mean Air Temperature", key)!.Values.Span[0]);
    }

    [Fact]
    public void Extremes_of_a_day_and_of_longer_have_their_moments()
    {
        const string Text = Dictionary + """
            1,RUN,  41.98, -87.92,  -6.00, 201.00
            2,365,12,31, 0,24, 0.00,60.00,Sunday
            8,2.0
            3,365,12,31, 0,Sunday
            453,3.0,1.0, 1,10,5.0,24,60
            4,365,12
            454,4.0,1.0, 1, 1,10,5.0,31,24,60
            5,365
            455,5.0,1.0, 2, 1, 1,10,5.0,12,31,24,60
            6,2017
            456,6.0,-1.0e-3, 2, 1, 1,10,5.0,12,31,14,15
            3,366, 1, 1, 0,Monday
            453,3.5
            """ + "\n" + End;
        foreach (var text in new[] { Text, Text.Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            var eso = EsoText.Read(text);
            var days = eso.Series("Zone Mean Air Temperature", "CORE_ZN", ResultFrequency.Daily)!;

            Assert.Equal(new(1, new(2017, 12, 31, 0, 10, 0), 5, new(2018, 1, 1)), days.Extremes[0]);
            Assert.Equal((2, double.NaN), (days.Extremes.Count, days.Extremes[1].Maximum));
            Assert.Equal([new(1, new(2017, 12, 1, 0, 10, 0), 5, new(2018, 1, 1))], Of(ResultFrequency.Monthly));
            Assert.Equal([new(1, new(2017, 2, 1, 0, 10, 0), 5, new(2018, 1, 1))], Of(ResultFrequency.RunPeriod));
            Assert.Equal([new(-1e-3, new(2017, 2, 1, 0, 10, 0), 5, new(2017, 12, 31, 13, 15, 0))], Of(ResultFrequency.Annual));
            Assert.Empty(Of(ResultFrequency.Hourly));
            var one = EsoResults.ReadSeries(EsoText.Stream(text), "Zone Mean Air Temperature", "CORE_ZN", ResultFrequency.Monthly)!;
            Assert.Equal(Of(ResultFrequency.Monthly), one.Extremes);

            IReadOnlyList<ResultExtremes> Of(ResultFrequency frequency) =>
                eso.Series("Zone Mean Air Temperature", null, frequency)!.Extremes;
        }
    }

    [Theory]
    [InlineData("453,3.0,1.0, 1,10,5.0,24"), InlineData("453,3.0,1.0, 1,10,5.0,24,61"), InlineData("453,3.0,x, 1,10,5.0,24,60")]
    [InlineData("453,3.0,1.0, 1,10,5.0,24,6000"), InlineData("453,3.0,,,,,,"), InlineData("453,3.0,1.0, 1,10,5.0,24,60,9,9,9,9,9")]
    public void Extremes_that_are_garbled_are_left_out_and_the_value_stays(string line)
    {
        var eso = EsoText.Read(Dictionary + "1,RUN,1,2,3,4\n3,1, 1, 1, 0,Sunday\n" + line + "\n3,2, 1, 2, 0,Monday\n453,7.0\n" + End);
        var series = eso.Series("Zone Mean Air Temperature", "CORE_ZN", ResultFrequency.Daily)!;

        Assert.Equal([3, 7], series.Values.ToArray());
        Assert.Empty(series.Extremes);
    }

    [Fact]
    public void Times_are_in_the_year_of_the_run_where_it_is_known()
    {
        const string Text = Dictionary + "1,DAY,1,2,3,4\n2,1, 7,21, 0, 1, 0.00,60.00,SummerDesignDay\n8,1\n"
            + "1,Run 1,1,2,3,4\n2,1, 1, 1, 0, 1, 0.00,60.00,Wednesday\n8,2\n" + End;
        SummaryPeriod[] periods =
            [new("RUN 1", "2020-01-01", "2020-01-31", 744), new("DAY", "1999-01-01", "1999-01-01", 24), new("X", "01-01", "", 1)];

        Assert.Equal([2017, 2014], Years(EsoText.Read(Text)));
        Assert.Equal([2017, 2020], Years(EsoResults.Read(EsoText.Stream(Text), periods)));

        static IEnumerable<int> Years(EsoResults eso) => eso.AllSeries().Select(series => series.Times[0].Start.Year);
    }

    [Fact]
    public void Series_of_all_environments_are_given_at_once()
    {
        var eso = EsoText.Read(EsoText.Year(variables: 3, days: 2));

        Assert.Equal(["DESIGN DAY", "A YEAR"], eso.AllSeries([eso.Variables[1]]).Select(series => series.Environment.Title));
        Assert.Equal(6, eso.AllSeries().Count());
    }

    [Fact]
    public void Read_of_a_run_over_the_turn_of_the_year_goes_on_in_the_next()
    {
        var eso = EsoText.Read(Dictionary
            + "1,RUN, 1,2,3,4\n2,1,12,31, 0,23, 0.00,60.00,Sunday\n8,1\n2,1,12,31, 0,24, "
            + "0.00,60.00,Sunday\n8,2\n2,2, 1, 1, 0, 1, 0.00,60.00,Monday\n8,3\n"
            + End);

        Assert.Equal([new(2017, 12, 31, 23, 0, 0), new(2018, 1, 1), new DateTime(2018, 1, 1, 1, 0, 0)],
            eso.Series("Zone Mean Air Temperature")!.Times.Select(time => time.End));
    }
}
