using System.Text.RegularExpressions;

namespace IdfKit.Engine.Tests.Results;

/// <summary>The summary of real runs, from each kind of file and in each unit system.</summary>
public sealed partial class EnergySummaryTests(RealRuns runs)
{
    private const string Office = "ASHRAE901_OfficeSmall";

    private static string WithTabularSql(string model) => model + "\nOutput:SQLite,SimpleAndTabular,None;\n";

    [Fact]
    public void Read_year_gives_what_the_report_says()
    {
        var summary = EnergySummary.Read(runs.Of(Office, "Golden", WithTabularSql));

        // Figures of EnergyPlus 25.2's own eplustbl.csv for this model and weather.
        Assert.Equal((35.83, 111.40), (summary.SiteEnergyGj, summary.SourceEnergyGj));
        Assert.Equal((70.10, 217.94), (summary.SiteEuiMjM2, summary.SourceEuiMjM2));
        Assert.Equal((511.16, 511.16), (summary.TotalAreaM2, summary.ConditionedAreaM2));
        Assert.Equal(new UnmetHours(28.75, 15.00, 8.75, 12.25), summary.UnmetHours);
        Assert.Equal(6.40, summary.EndUsesGj!["interior_lighting"]["electricity"]);
        Assert.DoesNotContain(summary.EndUsesGj.Values, fuels => fuels.ContainsKey("water"));
        Assert.Equal(35.83, summary.EndUsesGj.Values.SelectMany(fuels => fuels.Values).Sum(), 0.1);
        Assert.Equal([new("electricity", 14738.64, "02-JAN-17:00"), new("natural_gas", 25029.93, "02-JAN-06:30")], summary.Peaks);
        Assert.Equal(3, summary.Severe);
        Assert.True(summary.Warnings > 1000);
    }

    [Fact]
    public void Read_from_html_and_from_csv_is_the_same_as_from_sql()
    {
        var whole = runs.Of(Office, "Golden", WithTabularSql);
        var fromSql = EnergySummary.Read(whole);

        foreach (var extension in new[] { "htm", "csv" })
        {
            using var folder = new TestBed.TemporaryFolder();
            foreach (var name in new[] { "eplustbl." + extension, "eplusout.err" }) File.Copy(Path.Combine(whole, name), folder[name]);
            AssertSame(fromSql, EnergySummary.Read(folder.Path), within: 0);
        }
    }

    [Theory]
    [InlineData("InchPound", "Output:SQLite,SimpleAndTabular;")]
    [InlineData("JtoKWH", "")]
    [InlineData("JtoMJ", "Output:SQLite,SimpleAndTabular;")]
    [InlineData("InchPoundExceptElectricity", "")]
    public void Read_of_a_model_with_other_units_gives_the_same_figures(string units, string sql)
    {
        var expected = EnergySummary.Read(runs.Of(Office, "Golden", WithTabularSql));
        var changed = runs.Of(Office, "Golden",
            model => model.Replace("    CommaAndHTML; ", $"    CommaAndHTML,{units}; ", StringComparison.Ordinal) + "\n" + sql);

        // Two decimals of a table in kBtu, kWh or ft2.
        AssertSame(expected, EnergySummary.Read(changed), within: 0.006);
    }

    [Theory]
    [InlineData("RunPeriod,A,1,1,2017,12,31,2018;", 8760, 17520)]
    [InlineData("RunPeriod,A,1,1,2017,6,30,2018;", 13104, 13104)]
    [InlineData("RunPeriod,A,1,1,2017,12,30,2018;", 17496, 17496)]
    [InlineData("RunPeriod,A,7,1,2017,6,30,2020;", 8760, 26280)]
    [InlineData("RunPeriod,A,1,1,2017,12,31,2018;RunPeriod,B,1,1,2017,1,7,2017;", 8928, 17688)]
    [InlineData("RunPeriod,A,1,1,2017,1,7,2017;RunPeriod,B,1,1,2017,12,31,2018;", 8760, 17688)]
    public void Hours_are_those_that_the_tables_were_gathered_over(string periods, double hours, double simulated)
    {
        var run = runs.Of("one-zone", "Golden", model => Period().Replace(model, periods, 1));
        using var page = File.OpenRead(Path.Combine(run, "eplustbl.htm"));
        Assert.Equal(hours, HtmlTables.Read(page).HoursGathered);
        var summary = EnergySummary.Read(run);
        Assert.Equal(hours, summary.HoursSimulated);
        Assert.Equal(simulated, summary.Periods.Sum(period => period.Hours));
    }

    [Fact]
    public void Read_of_design_days_alone_has_areas_but_no_energy()
    {
        var summary = EnergySummary.Read(runs.Of("RefBldgWarehouse", "Chicago"));

        Assert.Equal(4835.13, summary.TotalAreaM2);
        Assert.Null(summary.SiteEnergyGj);
        Assert.Null(summary.SiteEuiMjM2);
        Assert.Null(summary.EndUsesGj);
        Assert.Equal(new UnmetHours(null, null, null, null), summary.UnmetHours);
        Assert.Empty(summary.Peaks);
    }

    [Fact]
    public void Read_of_a_run_with_a_broken_sql_takes_the_other_files()
    {
        var whole = runs.Of(Office, "Golden", WithTabularSql);
        using var folder = new TestBed.TemporaryFolder();
        File.WriteAllBytes(folder["eplusout.sql"], File.ReadAllBytes(Path.Combine(whole, "eplusout.sql"))[..100_000]);
        File.Copy(Path.Combine(whole, "eplustbl.htm"), folder["eplustbl.htm"]);

        Assert.Equal(35.83, EnergySummary.Read(folder.Path).SiteEnergyGj);
    }

    [Theory]
    [InlineData("eplus", 'L', "eplusout.err", "eplustbl.csv")]
    [InlineData("x", 'C', "x.err", "xTable.csv")]
    [InlineData("x", 'D', "x.err", "x-table.csv")]
    public void Read_finds_files_by_prefix_and_suffix(string prefix, char suffix, string err, string table)
    {
        using var folder = new TestBed.TemporaryFolder();
        File.WriteAllText(folder[err], "   ** Warning ** One\n");
        File.WriteAllText(folder[table],
            "REPORT:,Annual Building Utility Performance Summary\nFOR:,Entire Facility\nBuilding "
                + "Area\n\n,,Area [m2]\n,Total Building Area,12.5\n");
        var summary = EnergySummary.Read(folder.Path, prefix, suffix);

        Assert.Equal((12.5, 1L), (summary.TotalAreaM2, summary.Warnings));
        Assert.Null(summary.ConditionedAreaM2);
    }

    [Fact]
    public void Read_of_an_empty_folder_has_nothing()
    {
        using var folder = new TestBed.TemporaryFolder();

        var summary = EnergySummary.Read(folder.Path);

        Assert.Null(summary.TotalAreaM2);
        Assert.Null(summary.Warnings);
        Assert.Null(summary.Severe);
    }

    private static void AssertSame(EnergySummary expected, EnergySummary actual, double within)
    {
        Assert.Equal(Figures(expected), Figures(actual), (a, b) =>
            a.Name == b.Name && Math.Abs(a.Value - b.Value) <= Math.Max(within, Math.Abs(a.Value) * within / 10));
    }

    private static List<(string Name, double Value)> Figures(EnergySummary s) =>
    [
        ("site", s.SiteEnergyGj!.Value), ("source", s.SourceEnergyGj!.Value),
        ("site eui", s.SiteEuiMjM2!.Value), ("source eui", s.SourceEuiMjM2!.Value),
        ("area", s.TotalAreaM2!.Value), ("conditioned", s.ConditionedAreaM2!.Value),
        ("heating", s.UnmetHours.Heating!.Value), ("cooling", s.UnmetHours.Cooling!.Value),
        ("warnings", s.Warnings!.Value), .. s.Peaks.Select(p => (p.Fuel + p.At, p.Watts)),
        .. s.EndUsesGj!.SelectMany(use => use.Value.Select(fuel => (use.Key + "/" + fuel.Key, fuel.Value))),
    ];

    [GeneratedRegex("RunPeriod,[^;]*;", RegexOptions.IgnoreCase)]
    private static partial Regex Period();
}
