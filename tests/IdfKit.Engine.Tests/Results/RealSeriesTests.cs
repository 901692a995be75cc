using System.Text.RegularExpressions;

namespace IdfKit.Engine.Tests.Results;

/// <summary>What the real EnergyPlus writes into <c>.eso</c>, <c>.mtr</c>, <c>.sql</c> and the catalogues, against each other.</summary>
public sealed partial class RealSeriesTests(RealRuns runs)
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
            Assert.Equal(series.Times, same.Times);
            Assert.Equal(series.Extremes, same.Extremes);
            Assert.Equal(series.Variable.Frequency >= ResultFrequency.Daily, series.Extremes.Count > 0);
        }
    }

    [Fact]
    public void Sql_reads_many_series_and_all_environments_as_one_by_one()
    {
        using var sql = SqlResults.Open(Path.Combine(Run(), "eplusout.sql"));

        var many = sql.Series(sql.Variables);
        Assert.Equal(sql.Variables.Count, many.Count);
        foreach (var series in many.OfType<ResultSeries>())
            Assert.Equal(sql.Series(series.Variable)!.Values.ToArray(), series.Values.ToArray());
        var expected = sql.Environments.SelectMany(environment => sql.Variables.Select(variable => sql.Series(variable, environment)));
        Assert.Equal(expected.OfType<ResultSeries>().Select(Told), sql.AllSeries().Select(Told));

        static (ResultVariable, ResultEnvironment, int, double) Told(ResultSeries series) =>
            (series.Variable, series.Environment, series.Count, series.Values.Span[^1]);
    }

    [Fact]
    public void Period_of_a_leap_year_without_its_day_is_in_that_year_in_both_files()
    {
        var run = runs.Of("ASHRAE901_OfficeSmall", "Golden", model => Period().Replace(model, "RunPeriod,P1,1,1,2020,1,9,2020;", 1)
            + "\nOutput:SQLite,SimpleAndTabular,None;\nOutput:Meter,Electricity:Facility,Daily;\n");
        using var sql = SqlResults.Open(Path.Combine(run, "eplusout.sql"));
        using var eio = File.OpenRead(Path.Combine(run, "eplusout.eio"));
        using var mtr = File.OpenRead(Path.Combine(run, "eplusout.mtr"));
        var periods = EioTables.Read(eio).Periods;
        var environment = sql.Environments.Single(environment => environment.Title == "P1");
        var series = EsoResults.Read(mtr, periods).AllSeries().Single(series => series.Environment == environment
            && series.Variable.Is("Electricity:Facility", null, ResultFrequency.Daily));

        Assert.Equal(new DateTime(2020, 1, 1), series.Times[0].Start);
        Assert.Equal(sql.Series(series.Variable, environment)!.Times, series.Times);
        Assert.Equal(sql.Series(series.Variable, environment)!.Extremes, series.Extremes);
    }

    [Theory, InlineData("Hourly"), InlineData("Monthly")]
    public void Run_period_that_begins_and_ends_within_months_has_its_days_in_both_files(string besides)
    {
        var run = runs.Of("one-zone", "Golden", model => Period().Replace(model, "RunPeriod,P1,11,15,2019,2,15,2020;", 1)
            + "\nOutput:SQLite,SimpleAndTabular,None;\n" + string.Concat(new[] { "RunPeriod", "Monthly", besides }.Distinct()
                .Select(frequency => $"Output:Variable,*,Site Outdoor Air Drybulb Temperature,{frequency};\n")));
        using var sql = SqlResults.Open(Path.Combine(run, "eplusout.sql"));
        using var eio = File.OpenRead(Path.Combine(run, "eplusout.eio"));
        using var file = File.OpenRead(Path.Combine(run, "eplusout.eso"));
        sql.Periods = EioTables.Read(eio).Periods;
        var eso = EsoResults.Read(file, sql.Periods);

        foreach (var series in eso.AllSeries())
        {
            Assert.Equal(sql.Series(series.Variable)!.Times, series.Times);
            if (series.Variable.Frequency is ResultFrequency.RunPeriod)
                Assert.Equal((new DateTime(2019, 11, 15), new DateTime(2020, 2, 16)), (series.Times[0].Start, series.Times[0].End));
        }
        if (besides == "Monthly") return;
        // Hours tell by themselves, even over a 29 February that the weather lacks.
        using var alone = SqlResults.Open(Path.Combine(run, "eplusout.sql"));
        var ofFile = Eso(run, "eplusout.eso").Series("Site Outdoor Air Drybulb Temperature", null, ResultFrequency.RunPeriod)!;
        Assert.Equal(93, ofFile.Times[0].Length.TotalDays);
        Assert.Equal((11, 15), (ofFile.Times[0].Start.Month, ofFile.Times[0].Start.Day));
        Assert.Equal(new(2019, 11, 15), alone.Series(ofFile.Variable)!.Times[0].Start);
        Assert.Equal(new(2020, 2, 16), alone.Series(ofFile.Variable)!.Times[0].End);
    }

    [Fact] // EnergyPlus finds no extreme of what does not change, and leaves the moment of another environment in the database
    public void Extremes_of_what_stands_still_are_the_same_in_both_files()
    {
        var run = runs.Of("RefBldgWarehouse", "Chicago", model => model + "\n"
            + "Output:Variable,*,Zone Mean Air Temperature,Daily;\nOutput:Variable,*,Schedule Value,RunPeriod;\n");
        using var sql = SqlResults.Open(Path.Combine(run, "eplusout.sql"));
        var (eso, mtr) = (Eso(run, "eplusout.eso"), Eso(run, "eplusout.mtr"));
        var all = eso.AllSeries().Concat(mtr.AllSeries()).Where(series => series.Extremes.Count > 0).ToList();

        Assert.Equal(2, all.Select(series => series.Environment).Distinct().Count());
        Assert.Contains(all, series => series.Extremes.Any(extreme => extreme.Minimum > 9e12));
        Assert.All(all, series => Assert.Equal(series.Extremes, sql.Series(series.Variable, series.Environment)!.Extremes));
    }

    [Fact]
    public void Cumulative_meters_and_two_tables_of_one_variable_are_the_same_in_every_file()
    {
        var run = runs.Of("ASHRAE901_OfficeSmall", "Golden", model => model + """

            Output:SQLite,SimpleAndTabular,None;
            Output:Meter,Electricity:Facility,Hourly;
            Output:Meter:Cumulative,Electricity:Facility,Hourly;
            Output:Meter:Cumulative:MeterFileOnly,NaturalGas:Facility,Monthly;
            Output:Table:TimeBins,CORE_ZN,Zone Mean Air Temperature,18,2,5;
            Output:Table:TimeBins,CORE_ZN,Zone Mean Air Temperature,20,1,5;
            """);
        using var sql = SqlResults.Open(Path.Combine(run, "eplusout.sql"));
        var (eso, mtr) = (Eso(run, "eplusout.eso"), Eso(run, "eplusout.mtr"));
        using var page = File.OpenRead(Path.Combine(run, "eplustbl.htm"));
        var html = HtmlTables.Read(page);

        Assert.Contains(sql.Variables, variable => variable.Name == "Cumulative Electricity:Facility");
        Assert.Equal(eso.Variables.Union(mtr.Variables).OrderBy(variable => variable.Id), sql.Variables.OrderBy(variable => variable.Id));
        foreach (var series in mtr.AllSeries())
            Assert.Equal(series.Values.ToArray(), sql.Series(series.Variable, series.Environment)!.Values.ToArray());

        // Names differ between the two files, and the database lacks the statistics; the cells are the same.
        var tables = sql.Tables.Where(IsTimeBins).ToList();
        Assert.Subset(html.Tables.Where(IsTimeBins).Select(Cells).ToHashSet(), tables.Select(Cells).ToHashSet());
        Assert.Contains(tables.GroupBy(table => (table.Report, table.For, table.Name)), same => same.Count() == 2);

        static bool IsTimeBins(ReportTable table) =>
            table.Report.Replace(" ", "", StringComparison.Ordinal).Contains("MeanAirTemperature", StringComparison.OrdinalIgnoreCase);
        static string Cells(ReportTable table) => string.Join('|', Enumerable.Range(0, table.Rows.Count).SelectMany(
            row => Enumerable.Range(0, table.Columns.Count).Select(column => table[row, column])));
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

    [GeneratedRegex("RunPeriod,[^;]*;", RegexOptions.IgnoreCase)]
    private static partial Regex Period();

    private static EsoResults Eso(string run, string name)
    {
        using var file = File.OpenRead(Path.Combine(run, name));
        return EsoResults.Read(file);
    }
}
