namespace IdfKit.Engine.Tests.Results;

/// <summary>What the real EnergyPlus writes into <c>.eso</c>, <c>.mtr</c>, <c>.sql</c> and the catalogues, against each other.</summary>
public sealed class RealSeriesTests(RealRuns runs)
{
    private static readonly OutputRequest[] Requests =
    [
        .. new[] { "Detailed", "Timestep", "Hourly", "Daily", "Monthly", "RunPeriod", "Annual" }.Select(
            frequency => new OutputRequest("Zone Mean Air Temperature", "*", frequency)),
        new("Fan Electricity Energy", "*", "Detailed"),
        new("Site Outdoor Air Drybulb Temperature", "*", "Hourly"),
    ];

    [Fact]
    public void Sql_and_eso_have_the_same_variables_values_and_times()
    {
        var run = Run();
        using var sql = SqlResults.Open(Path.Combine(run, "eplusout.sql"));
        var (eso, mtr) = (Eso(run, "eplusout.eso"), Eso(run, "eplusout.mtr"));

        Assert.Equal(eso.Environments, sql.Environments);
        Assert.Equal(eso.Variables.Union(mtr.Variables).OrderBy(variable => variable.Id), sql.Variables.OrderBy(variable => variable.Id));
        Assert.Equal(Enum.GetValues<ResultFrequency>(), eso.Variables.Select(variable => variable.Frequency).Distinct().Order());
        foreach (var series in eso.AllSeries().Concat(mtr.AllSeries()))
        {
            var same = sql.Series(series.Variable, series.Environment);
            Assert.NotNull(same);
            Assert.True(series.Values.Span.SequenceEqual(same.Values.Span), series.ToString());
            // The .sql has whole minutes.
            var within = series.Variable.Frequency is ResultFrequency.Detailed ? TimeSpan.FromMinutes(1) : TimeSpan.Zero;
            Assert.All(series.Times.Zip(same.Times), pair =>
            {
                Assert.Equal(pair.First.End, pair.Second.End, within);
                Assert.Equal(pair.First.Start, pair.Second.Start, within);
                Assert.Equal(pair.First.DayType, pair.Second.DayType);
            });
        }
    }

    [Fact]
    public void Meter_file_has_the_values_of_the_meters_in_the_eso()
    {
        var (eso, mtr) = (Eso(Run(), "eplusout.eso"), Eso(Run(), "eplusout.mtr"));

        Assert.False(mtr.IsCut);
        Assert.NotEmpty(mtr.Variables);
        Assert.All(mtr.AllSeries(), series =>
        {
            Assert.True(series.Variable.IsMeter);
            Assert.Equal(eso.Series(series.Variable, series.Environment)?.Values.ToArray() ?? series.Values.ToArray(),
                series.Values.ToArray());
        });
        Assert.Contains(mtr.AllSeries(), series => series.Count == 31 * 24);
    }

    [Fact]
    public void ReadSeries_gives_what_reading_the_whole_file_gives()
    {
        var path = Path.Combine(Run(), "eplusout.eso");
        var eso = Eso(Run(), "eplusout.eso");
        foreach (var variable in eso.Variables.Where((_, number) => number % 9 == 0))
        {
            using var file = File.OpenRead(path);
            var one = EsoResults.ReadSeries(file, variable.Name, variable.Key, variable.Frequency)!;
            var all = eso.Series(variable)!;
            Assert.Equal(all.Variable, one.Variable);
            Assert.True(all.Values.Span.SequenceEqual(one.Values.Span), variable.ToString());
            Assert.Equal(all.Times, one.Times);
        }
    }

    [Fact]
    public void What_a_catalogue_lists_can_be_asked_of_the_next_run()
    {
        var run = runs.Of("RefBldgSmallOffice", "Chicago");
        using var rdd = File.OpenRead(Path.Combine(run, "eplusout.rdd"));
        using var mdd = File.OpenRead(Path.Combine(run, "eplusout.mdd"));
        var catalog = VariableCatalog.Read(rdd).With(VariableCatalog.Read(mdd));

        var requests = catalog.Search("Zone Mean Air").Select(entry => entry.ToRequest(ResultFrequency.Daily, key: "CORE_ZN"));
        var meters = catalog.Search("Electricity:Facility", isMeter: true).Select(entry => entry.ToRequest(ResultFrequency.Daily));
        var next = runs.Of("RefBldgSmallOffice", "Chicago", model => model + string.Concat(
            [
                .. requests.Select(request => $"\nOutput:Variable,{request.Key},{request.Name},{request.Frequency};"),
                .. meters.Select(request => $"\nOutput:Meter,{request.Name},{request.Frequency};")
            ]));

        var eso = Eso(next, "eplusout.eso");
        Assert.Equal(2, eso.Series("Zone Mean Air Temperature", "CORE_ZN", ResultFrequency.Daily)!.Count
            + eso.Series("Electricity:Facility", null, ResultFrequency.Daily)!.Count);
        Assert.Equal("C", catalog.Find("zone mean air temperature")!.Units);
    }

    private string Run() => runs.Of("ASHRAE901_OfficeSmall", "Golden", model => model + "\nOutput:SQLite,SimpleAndTabular,None;\n"
        + string.Concat(Requests.Select(request => $"Output:Variable,{request.Key},{request.Name},{request.Frequency};\n"))
        + "Output:Meter,Electricity:Facility,Hourly;\nOutput:Meter,Electricity:Facility,Annual;\n");

    private static EsoResults Eso(string run, string name)
    {
        using var file = File.OpenRead(Path.Combine(run, name));
        return EsoResults.Read(file);
    }
}
