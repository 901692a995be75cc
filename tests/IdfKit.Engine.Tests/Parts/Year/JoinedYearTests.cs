using IdfKit.Engine.Results;

using Microsoft.Data.Sqlite;

using TestBed;

namespace IdfKit.Engine.Tests.Parts.Year;

/// <summary>What one process leaves of a year, and what its parts leave joined.</summary>
public sealed class JoinedYearTests : IAsyncDisposable
{
    private readonly YearBed _bed = new();

    /// <summary>Rules of daylight saving and of holidays across a start and a seam, by date and by weekday; a meter of 1 J a day.</summary>
    private const string More = """

        RunPeriodControl:DaylightSavingTime, 2nd Sunday in March, 1st Sunday in November;
        RunPeriodControl:SpecialDays, Long holiday, 6/5, 40, Holiday;
        RunPeriodControl:SpecialDays, Labor day, 1st Monday in September, 1, Holiday;
        RunPeriodControl:SpecialDays, Custom, 12/24, 3, CustomDay1;
        Schedule:Constant, Always, Any number, 1;
        Exterior:FuelEquipment, Joule, Electricity, Always, 1.1574074074074075E-05, Joules;
        Output:SQLite, SimpleAndTabular;
        Output:Variable,*,Site Day Type Index,Hourly;
        Output:Variable,*,Site Daylight Saving Time Status,Hourly;
        Output:Variable,*,Site Rain Status,Timestep;
        Output:Variable,*,Site Outdoor Air Drybulb Temperature,Timestep;
        Output:Variable,*,Zone Mean Air Temperature,Monthly;
        Output:Variable,*,Zone Mean Air Temperature,RunPeriod;
        Output:Variable,*,Surface Inside Face Temperature,Daily;
        Output:Meter,DistrictCooling:Facility,Monthly;
        Output:Meter,ExteriorEquipment:Electricity,Daily;
        Output:Meter:MeterFileOnly,Electricity:Facility,Hourly;

        """;

    public static TheoryData<string, string> Years => new()
    {
        { "1, 1, , 12, 31, , Monday", "No" },
        { "1, 1, 2016, 12, 31, 2016, ", "Yes" }, // a leap year, with weather that has none; 1 January is a Friday
        { "7, 1, 2015, 6, 30, 2016, ", "Yes" }, // over new year
        { "1, 2, , 1, 1, , ", "No" }, // Reference StripMall
    };

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory, MemberData(nameof(Years))] // criteria 1, 5 and 6 of the measurements
    public async Task Every_record_of_a_year_is_there_once_and_as_one_process_writes_it(string year, string applies)
    {
        await _bed.RunAsync(Model(year, applies));
        Assert.All(_bed.Checks, check => Assert.True(check.IsWithin));
        foreach (var extension in new[] { "eso", "mtr" })
        {
            var (whole, joined) = _bed.SeriesOf(extension);
            Assert.Equal(Names(whole), Names(joined));
            foreach (var series in whole.AllSeries().Where(series => series.Variable.Frequency is not ResultFrequency.RunPeriod))
                AssertSame(series, joined.Series(series.Variable.Name, series.Variable.Key, series.Variable.Frequency)!);
        }
        Assert.Equal(Periods(_bed.Whole), Periods(_bed.Joined));
        AssertSameDatabase();
    }

    [Fact]
    public async Task A_database_without_tables_of_reports_is_joined_too()
    {
        await _bed.RunAsync(Model("1, 1, , 12, 31, , Monday", "No").Replace("SimpleAndTabular", "Simple", StringComparison.Ordinal));
        AssertSameDatabase();
    }

    [Fact]
    public async Task A_joule_a_day_is_365_joules_and_nothing_of_the_parts_remains()
    {
        await _bed.RunAsync(Model("1, 1, , 12, 31, , Monday", "No"), parts: 4);
        var meters = _bed.SeriesOf("mtr").Joined;
        var joules = meters.Series("ExteriorEquipment:Electricity", frequency: ResultFrequency.Daily)!.Values.ToArray();
        Assert.Equal(365, joules.Length);
        Assert.Equal(365, joules.Sum(), tolerance: 1e-6);
        string[] expected =
        [
            "eplustbl.htm", "AnnualBuildingUtilityPerformanceSummary", "DemandEndUseComponentsSummary", "SystemSummary",
            "OFFICE:Zone Mean Air Temperature [C](RunPeriod)",
        ];
        Assert.Equal(expected, _bed.NotProduced);
        Assert.False(File.Exists(Path.Combine(_bed.Joined, "eplustbl.htm")));
        var messages = await File.ReadAllTextAsync(Path.Combine(_bed.Joined, "eplusout.err"), TestContext.Current.CancellationToken);
        Assert.Contains("simulated in 4 parts", messages, StringComparison.Ordinal);
        Assert.Equal(Kinds(_bed.Whole), Kinds(_bed.Joined));
    }

    [Fact]
    public async Task Tables_of_months_that_are_called_like_a_report_of_geometry_are_not_kept()
    {
        const string Months = "Output:Table:Monthly, EnvelopeSummary, 2, Site Outdoor Air Drybulb Temperature, SumOrAverage;";
        const string No = "OutputControl:Files,,,,,,,,,,,,,,,,,No;\n";
        await _bed.RunAsync(Model("1, 1, , 12, 31, , Monday", "No") + Months + No); // without an .end file
        using var joined = SqlResults.Open(Path.Combine(_bed.Joined, "eplusout.sql"));
        Assert.Empty(joined.Tables);
        Assert.Contains("ENVELOPESUMMARY", _bed.NotProduced);
        Assert.False(File.Exists(Path.Combine(_bed.Joined, "eplusout.end")));
    }

    [Fact]
    public async Task Every_table_that_is_kept_is_that_of_one_process()
    {
        const string Reports = "Output:Table:SummaryReports, AllSummary;";
        var model = Model("1, 1, , 12, 31, , Monday", "No");
        await _bed.RunAsync(string.Join(';', model.Split(';').Where(item =>
            !item.Contains("Output:Table:SummaryReports", StringComparison.Ordinal))) + Reports);
        Assert.Contains("ObjectCountSummary", _bed.NotProduced); // a part has what it reports besides
        using var whole = SqlResults.Open(Path.Combine(_bed.Whole, "eplusout.sql"));
        using var joined = SqlResults.Open(Path.Combine(_bed.Joined, "eplusout.sql"));
        Assert.NotEmpty(joined.Tables);
        Assert.All(joined.Tables, table => Assert.Equal(Cells(whole.Tables, table), Cells(joined.Tables, table)));
        Assert.InRange(Size(_bed.Joined), 1, Size(_bed.Whole) * 21 / 20); // without room of the days that have gone

        static long Size(string folder) => new FileInfo(Path.Combine(folder, "eplusout.sql")).Length;

        static List<string?> Cells(IReadOnlyList<ReportTable> tables, ReportTable like) => [.. tables
            .Where(table => (table.Report, table.For, table.Name) == (like.Report, like.For, like.Name))
            .SelectMany(table => table.Rows.SelectMany(row => table.Columns.Select(column => table[row, column])))];
    }

    [Fact]
    public async Task A_meter_that_nobody_has_is_missed_in_messages_where_the_model_asks_for_it_and_else_not()
    {
        await _bed.RunAsync(Model("1, 1, , 12, 31, , Monday", "No") + "Output:Meter:MeterFileOnly,Heating:Coal,Monthly;\n");
        var messages = await File.ReadAllTextAsync(Path.Combine(_bed.Joined, "eplusout.err"), TestContext.Current.CancellationToken);
        Assert.Equal(2, messages.Split("- not found.").Length);
        Assert.Contains("\"HEATING:COAL\" - not found.", messages, StringComparison.Ordinal);
        Assert.Contains("Completed Successfully-- 1 Warning;", messages, StringComparison.Ordinal);
        using var database = new SqliteConnection("Data Source=" + Path.Combine(_bed.Joined, "eplusout.sql") + ";Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT count(*) FROM Errors WHERE ErrorMessage LIKE '%not found%'";
        Assert.Equal(1L, command.ExecuteScalar());
    }

    [Fact]
    public async Task A_zone_whose_name_is_not_plain_letters_keeps_its_own_series()
    {
        var model = Model("1, 1, , 12, 31, , Monday", "No").Replace("Office", "Büro", StringComparison.Ordinal);
        await _bed.RunAsync(model);
        var (whole, joined) = _bed.SeriesOf("eso");
        Assert.Equal(Names(whole), Names(joined));
        Assert.Contains("BüRO:Zone Mean Air Temperature [C](RunPeriod)", _bed.NotProduced);
    }

    [Fact]
    public async Task A_model_that_reports_nothing_has_no_files_of_series()
    {
        var model = Model("1, 1, , 12, 31, , Monday", "No").Split(';').Where(item => !item.Contains("\nOutput:", StringComparison.Ordinal));
        await _bed.RunAsync(string.Join(';', model));
        foreach (var folder in new[] { _bed.Whole, _bed.Joined })
            Assert.DoesNotContain(Directory.EnumerateFiles(folder), file => Path.GetExtension(file) is ".eso" or ".mtr");
    }

    [Fact]
    public async Task What_the_model_asks_for_with_a_unit_stays_and_so_does_each_of_its_messages()
    {
        const string Own = """
            Output:Variable,*,Zone Mean Air Temperature [C],Hourly;
            Output:Variable,*,Facility Heating Setpoint Not Met Time [hr],Daily;
            Output:Meter:MeterFileOnly,Electricity:Facility[J],Daily;
            Output:Meter:MeterFileOnly,Heating:Coal[J],Daily;
            Output:Meter:MeterFileOnly,Heating:Coal,Monthly;
            """;
        var model = Model("1, 1, , 12, 31, , Monday", "No").Replace(
            "Output:Variable, Office, Zone Mean Air Temperature, Hourly;", "", StringComparison.Ordinal);
        await _bed.RunAsync(model + Own);
        foreach (var extension in new[] { "eso", "mtr" })
        {
            var (whole, joined) = _bed.SeriesOf(extension);
            Assert.Equal(Names(whole), Names(joined));
        }
        Assert.NotNull(_bed.SeriesOf("eso").Joined.Series("Zone Mean Air Temperature", "OFFICE", ResultFrequency.Hourly));
        foreach (var folder in new[] { _bed.Whole, _bed.Joined })
        {
            var messages = await File.ReadAllTextAsync(Path.Combine(folder, "eplusout.err"), TestContext.Current.CancellationToken);
            Assert.Equal(3, messages.Split("\"HEATING:COAL\" - not found.").Length);
            Assert.Contains("Completed Successfully-- 2 Warning;", messages, StringComparison.Ordinal);
        }
        AssertSameDatabase();
    }

    private static string Model(string year, string applies)
    {
        var model = File.ReadAllText(RealParts.Model("one-zone"));
        var start = model.IndexOf("RunPeriod,\n", StringComparison.Ordinal);
        var end = model.IndexOf("GlobalGeometryRules", StringComparison.Ordinal);
        return model[..start] + $"RunPeriod, Whole year, {year}, {applies}, Yes, {applies}, Yes, Yes;\n\n" + model[end..] + More;
    }

    private void AssertSameDatabase()
    {
        using var whole = SqlResults.Open(Path.Combine(_bed.Whole, "eplusout.sql"));
        using var joined = SqlResults.Open(Path.Combine(_bed.Joined, "eplusout.sql"));
        Assert.Equal(whole.Environments, joined.Environments);
        var series = whole.AllSeries().Where(series => series.Variable.Frequency is not ResultFrequency.RunPeriod).ToList();
        Assert.Equal(series.Select(one => one.Variable.ToString()), joined.AllSeries().Select(one => one.Variable.ToString()));
        foreach (var (one, other) in series.Zip(joined.AllSeries())) AssertSame(one, other);
    }

    private static List<string> Names(EsoResults results) =>
        [.. results.Variables.Where(variable => variable.Frequency is not ResultFrequency.RunPeriod)
            .Select(variable => variable.ToString())];

    private static void AssertSame(ResultSeries whole, ResultSeries joined)
    {
        Assert.Equal(whole.Times, joined.Times);
        var (one, other) = (whole.Values.ToArray(), joined.Values.ToArray());
        Assert.Equal(one.Length, other.Length);
        var furthest = one.Zip(other, (first, second) => Math.Abs(first - second)).Max();
        var most = whole.Variable.Name.StartsWith("Site ", StringComparison.Ordinal) ? 0
            : whole.Variable.Units == "J" ? 1e-6 * one.Max() : 0.001;
        Assert.True(furthest <= most, $"{whole.Variable} is {furthest} apart");
    }

    private static IReadOnlyList<SummaryPeriod> Periods(string folder)
    {
        using var file = File.OpenRead(Path.Combine(folder, "eplusout.eio"));
        return EioPeriods.Read(file);
    }

    private static List<string> Kinds(string folder)
    {
        using var file = File.OpenRead(Path.Combine(folder, "eplusout.err"));
        return [.. ErrReport.Read(file).Messages.Select(message => message.Text).Distinct().Order(StringComparer.Ordinal)];
    }
}
