using RunBed;
namespace IdfKit.Runs.Tests.Records;

/// <summary>
/// Completed runs of the real EnergyPlus without site energy: the record says why and what to do, or preparation has seen to it.
/// </summary>
public sealed class EmptySummaryTests
{
    private const string Place = """

        Site:Location, Golden, 39.74, -105.18, -7, 1829;
        SizingPeriod:DesignDay, Winter, 1, 21, WinterDesignDay, -18, 0, , , Wetbulb, -18, , , , , 82000, 3, 340,
          No, No, No, ASHRAEClearSky, , , , , 0;

        """;

    private const string Html = "OutputControl:Table:Style, HTML;";

    private static readonly (string, string) NoYear = ("Yes;                     !- Run Simulation for Weather File Run Periods", "No;");
    private static readonly (string, string) SizingDays = ("No,                      !- Run Simulation for Sizing Periods", "Yes,");
    private static readonly (string, string) Sizing = ("No,                      !- Do Zone Sizing Calculation", "Yes,");
    private static readonly (string, string) Reports = (
        "Output:Table:SummaryReports, AnnualBuildingUtilityPerformanceSummary, SystemSummary, DemandEndUseComponentsSummary;",
        "Output:Table:SummaryReports, EnvelopeSummary;");

    [Fact]
    public async Task Design_days_by_SimulationControl_say_so_and_how_to_get_the_year()
    {
        using var run = await RealEnding.OfAsync(RealEnding.Model(NoYear, SizingDays) + Place);

        Says(run, "Only the design days were simulated, so there are no yearly figures: the model's SimulationControl says so. "
            + "For the whole year put {\"annual\": true} into office.job.json and drop the model again.");
        Assert.Equal(0, run.Summary.HoursSimulated);
    }

    [Fact]
    public async Task Year_that_this_sentence_asks_for_has_figures()
    {
        using var run = await RealEnding.OfAsync(RealEnding.Model(NoYear, SizingDays) + Place, new() { Annual = true });

        Assert.True(run.Summary.SiteEnergyGj > 0);
        Assert.Equal(8760, run.Summary.HoursSimulated);
        Assert.Null(run.Record.Message);
    }

    [Fact]
    public async Task Design_days_that_the_job_file_asks_for_say_so()
    {
        using var run = await RealEnding.OfAsync(RealEnding.Model() + Place, new() { DesignDay = true });

        Says(run, "Only the design days were simulated, as the job asks, so there are no yearly figures. For the whole "
            + "year take design_day out of office.job.json and drop the model again.");
    }

    [Fact]
    public async Task Model_without_a_run_period_has_simulated_nothing()
    {
        using var run = await RealEnding.OfAsync(WithoutPeriod(RealEnding.Model() + Place));

        Says(run, "Nothing was simulated, because the model has no RunPeriod. For the whole year add one, from 1/1 to "
            + "12/31, and drop the model again.");
    }

    [Fact]
    public async Task Design_days_of_a_model_without_a_run_period_say_so()
    {
        using var run = await RealEnding.OfAsync(WithoutPeriod(RealEnding.Model() + Place), new() { DesignDay = true });

        Says(run, "Only the design days were simulated, so there are no yearly figures: the model has no RunPeriod. "
            + "For the whole year add one, from 1/1 to 12/31, and drop the model again.");
    }

    [Fact]
    public async Task SimulationControl_that_switches_off_all_but_sizing_is_named()
    {
        using var run = await RealEnding.OfAsync(RealEnding.Model(NoYear, Sizing) + Place, ofFunction: false);

        Says(run, "Nothing was simulated: the model's SimulationControl switches off all but sizing. For the whole year "
            + "ask for an annual run and run the model again.");
    }

    [Fact]
    public async Task Tables_and_database_switched_off_are_named()
    {
        using var run = await RealEnding.OfAsync(RealEnding.Model() + "\nOutputControl:Files,No,Yes,Yes,Yes,No,No;\n");

        Says(run, "There are no figures, because the model's OutputControl:Files switches off both the tables and the "
            + ".sql file that they are read from. Set one of these to Yes and drop the model again.");
        Assert.Equal(168, run.Summary.HoursSimulated);
    }

    [Fact]
    public async Task Database_switched_off_beside_a_style_that_is_not_read_is_named()
    {
        var model = RealEnding.Model((Html, "OutputControl:Table:Style, XML;")) + "\nOutputControl:Files,No,Yes,Yes,Yes,Yes,No;\n";
        using var run = await RealEnding.OfAsync(model);

        Says(run, "There are no figures: OutputControl:Files switches off the .sql file, and OutputControl:Table:Style "
            + "XML is not read here. Set the first to Yes, or the second to HTML, and drop the model again.");
    }

    [Fact]
    public async Task Own_list_of_reports_gets_the_annual_one_and_the_record_says_so()
    {
        using var run = await RealEnding.OfAsync(RealEnding.Model(Reports));

        Assert.True(run.Summary.SiteEnergyGj > 0);
        Assert.NotNull(run.Summary.UnmetHours.Heating);
        Assert.Contains(
            "Output:Table:SummaryReports,EnvelopeSummary,AnnualBuildingUtilityPerformanceSummary,SystemSummary;",
            run.Record.AddedObjects);
    }

    [Theory, InlineData("Tab"), InlineData("Fixed"), InlineData("XML")]
    public async Task Own_database_gets_the_tables_where_their_style_is_not_read(string style)
    {
        var model = RealEnding.Model((Html, $"Output:SQLite, Simple;\nOutputControl:Table:Style, {style};"));
        using var run = await RealEnding.OfAsync(model);

        Assert.True(run.Summary.SiteEnergyGj > 0);
        Assert.Contains("Output:SQLite,SimpleAndTabular;", run.Record.AddedObjects);
    }

    [Fact]
    public async Task Own_database_without_tables_is_left_alone_where_the_tables_are_read_elsewhere()
    {
        using var run = await RealEnding.OfAsync(RealEnding.Model((Html, "Output:SQLite, Simple;\n" + Html)));

        Assert.True(run.Summary.SiteEnergyGj > 0);
        Assert.DoesNotContain(run.Record.AddedObjects, added => added.StartsWith("Output:SQLite", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Readvars_without_an_eso_file_says_why_there_is_no_csv()
    {
        using var run = await RealEnding.OfAsync(RealEnding.Model() + "\nOutputControl:Files,No,Yes,No;\n", new() { Readvars = true });

        Assert.False(File.Exists(run["eplusout.csv"]));
        Assert.Contains(
            "There is no .csv of the variables: the model's OutputControl:Files switches off the .eso file",
            run.Record.Message,
            StringComparison.Ordinal);
        Assert.True(run.Summary.SiteEnergyGj > 0);
    }

    [Fact]
    public async Task Week_does_not_look_like_a_year()
    {
        using var run = await RealEnding.OfAsync(RealEnding.Model());

        var period = Assert.Single(run.Summary.Periods);
        Assert.Equal(("WHOLE YEAR", 168.0, 168.0), (period.Name, period.Hours, run.Summary.HoursSimulated));
        Assert.EndsWith("-01-01", period.From, StringComparison.Ordinal);
        Assert.EndsWith("-01-07", period.To, StringComparison.Ordinal);
        Assert.Equal($"The figures are of 168 hours ({period.From} to {period.To}), not of one year.", run.Record.Message);
        Assert.Equal(Math.Round(run.Summary.SiteEnergyGj!.Value / 0.0036, 2), run.Summary.SiteEnergyKwh);
        Assert.All(run.Summary.EndUsesGj!.Values, fuels => Assert.All(fuels.Values, energy => Assert.NotEqual(0, energy)));
    }

    [Fact]
    public async Task Periods_are_told_without_the_eio_file()
    {
        using var whole = await RealEnding.OfAsync(RealEnding.Model());
        using var run = await RealEnding.OfAsync(RealEnding.Model() + "\nOutputControl:Files,No,Yes,Yes,No;\n");

        Assert.False(File.Exists(run["eplusout.eio"]));
        Assert.Equal(whole.Summary.Periods, run.Summary.Periods);
    }

    [Fact]
    public async Task Weather_of_another_city_is_told()
    {
        var place = Place.Replace("Golden, 39.74, -105.18, -7, 1829", "Chicago, 41.98, -87.92, -6, 201", StringComparison.Ordinal);
        using var run = await RealEnding.OfAsync(RealEnding.Model(("  1, 7, ,", "  12, 31, ,")) + place);

        Assert.Equal(
            "The weather is of Denver Centennial Golden Nr CO USA, but the model's Site:Location is CHICAGO; "
            + "EnergyPlus took the place of the weather.",
            run.Record.Message);
    }

    private static void Says(RealEnding run, string sentence)
    {
        Assert.Equal(RunStatus.Completed, run.Record.Status);
        Assert.Null(run.Summary.SiteEnergyGj);
        Assert.Equal(sentence, run.Summary.WhyEmpty);
        Assert.StartsWith(sentence, run.Record.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u00", run.Json, StringComparison.Ordinal);
    }

    private static string WithoutPeriod(string model)
    {
        var start = model.IndexOf("RunPeriod,\n", StringComparison.Ordinal);
        var end = model.IndexOf("GlobalGeometryRules", StringComparison.Ordinal);
        return model[..start] + model[end..];
    }
}
