using System.Text.RegularExpressions;

using IdfKit.Engine;
using IdfKit.Runs.Report;

using TestBed;

namespace IdfKit.Runs.Tests.Report;

/// <summary>What a page is made from, out of the files of real runs.</summary>
public sealed class FactsOfRunTests
{
    private const double KilowattHoursPerGigajoule = 1 / 3.6e-3;

    private const string Days = """

        Site:Location, Golden, 39.74, -105.18, -7, 1829;
        SizingPeriod:DesignDay, Winter, 1, 21, WinterDesignDay, -18, 0, , , Wetbulb, -18, , , , ,
          82000, 3, 340, No, No, No, ASHRAEClearSky, , , , , 0;

        """;

    private static readonly (string, string) OfAWeek = ("  12, 31, ,", "  1, 7, ,");

    private static readonly (string, string) WithDesignDays =
        ("No,                      !- Run Simulation for Sizing Periods", "Yes,");

    [Theory, InlineData("ASHRAE901_OfficeSmall"), InlineData("ASHRAE901_RetailStandalone")]
    public async Task Months_of_a_year_sum_to_the_table_and_hours_to_its_electricity(string name)
    {
        var text = await File.ReadAllTextAsync(RealParts.Model(name), TestContext.Current.CancellationToken);
        // It has two periods, of which the table has the sum.
        text = Regex.Replace(text, @"^ *RunPeriod,[^;]*;", "", RegexOptions.Multiline | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(10));
        using var real = await RealFacts.OfAsync(text + "\nRunPeriod, Year, 1, 1, , 12, 31, , Sunday, No, No, No, Yes, Yes;\n");

        var uses = Of(real.Summary);
        var months = real.Facts.Months!.Uses.ToDictionary(use => (use.Use, use.Fuel), use => use.KilowattHours);
        Assert.All(months.Values, values => Assert.Equal(12, values.Count));
        Assert.Equal([], uses.Keys.Except(months.Keys));
        foreach (var (use, values) in months)
            Assert.Equal(uses.GetValueOrDefault(use) * KilowattHoursPerGigajoule, values.Sum(), 0.006 * KilowattHoursPerGigajoule);
        var electricity = uses.Where(use => use.Key.Fuel == "electricity").Sum(use => use.Value) * KilowattHoursPerGigajoule;
        Assert.Equal(8760, real.Facts.Electricity!.Watts.Count);
        Assert.Equal(electricity, real.Facts.Electricity.Watts.Sum() / 1000, 0.1 * KilowattHoursPerGigajoule);
        Assert.Equal((1, 1), (real.Facts.Electricity.First.Month, real.Facts.Electricity.First.Day));
    }

    [Fact]
    public async Task Hours_and_temperatures_are_those_of_the_file()
    {
        using var real = await RealFacts.OfAsync(RealFacts.Example());

        using var mtr = File.OpenRead(real["eplusout.mtr"]);
        var joules = EsoResults.ReadSeries(mtr, "Electricity:Facility", frequency: ResultFrequency.Hourly)!;
        Assert.Equal(joules.Values.ToArray().Select(value => value / 3600), real.Facts.Electricity!.Watts);
        using var eso = File.OpenRead(real["eplusout.eso"]);
        var sorted = EsoResults.ReadSeries(eso, "Zone Mean Air Temperature")!.Values.ToArray().Order().ToArray();
        Assert.Equal([new("OFFICE", sorted[0], sorted[438], sorted[8322], sorted[^1])], real.Facts.Zones);
        Assert.Equal(("Denver Centennial Golden Nr, CO", "TMY3"), (real.Facts.Weather!.Place, real.Facts.Weather.Kind));
    }

    [Fact]
    public async Task Where_the_model_keeps_the_files_away_the_database_has_the_same()
    {
        using var files = await RealFacts.OfAsync(RealFacts.Example());
        using var database = await RealFacts.OfAsync(
            RealFacts.Example() + "OutputControl:Files, No, No, No, Yes, Yes, Yes, Yes, Yes, Yes, Yes, Yes, Yes, Yes;\n");

        Assert.False(File.Exists(database["eplusout.mtr"]) || File.Exists(database["eplusout.eso"]));
        Assert.Equal(files.Facts.Zones, database.Facts.Zones);
        Assert.Equal(files.Facts.Electricity!.First, database.Facts.Electricity!.First);
        Assert.Equal(files.Facts.Electricity.Watts, database.Facts.Electricity.Watts);
        Assert.Equal(
            files.Facts.Months!.Uses.Select(use => (use.Use, use.Fuel, string.Join(" ", use.KilowattHours))).Order(),
            database.Facts.Months!.Uses.Select(use => (use.Use, use.Fuel, string.Join(" ", use.KilowattHours))).Order());
    }

    [Fact]
    public async Task Without_the_meters_months_are_summed_of_the_models_own_hours()
    {
        var model = RealFacts.Example()
            + "Output:Meter, InteriorLights:Electricity, Hourly;\nOutput:Meter, Electricity:Facility, Timestep;\n";
        using var asked = await RealFacts.OfAsync(model);
        using var own = await RealFacts.OfAsync(model, reportMeters: false);

        var lights = Assert.Single(own.Facts.Months!.Uses);
        Assert.Equal(("interior_lighting", "electricity"), (lights.Use, lights.Fuel));
        var reported = asked.Facts.Months!.Uses.Single(use => use.Use == "interior_lighting").KilowattHours;
        Assert.Equal(12, lights.KilowattHours.Count);
        Assert.All(lights.KilowattHours.Zip(reported), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.Equal(8760, own.Facts.Electricity!.Watts.Count);
        Assert.All(own.Facts.Electricity.Watts.Zip(asked.Facts.Electricity!.Watts), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public async Task Design_days_are_never_mixed_with_a_run_period()
    {
        using var both = await RealFacts.OfAsync(RealFacts.Example(OfAWeek, WithDesignDays) + Days);
        using var days = await RealFacts.OfAsync(RealFacts.Example(OfAWeek, WithDesignDays) + Days, designDay: true);

        Assert.Equal(7 * 24, both.Facts.Electricity!.Watts.Count);
        Assert.Equal((1, 1), (both.Facts.Electricity.First.Month, both.Facts.Electricity.First.Day));
        Assert.All(both.Facts.Months!.Uses, use => Assert.Single(use.KilowattHours));
        Assert.Equal((null, null), (days.Facts.Months, days.Facts.Electricity));
        Assert.Equal([], days.Facts.Zones);
    }

    [Fact]
    public async Task Of_several_run_periods_the_longest_is_taken()
    {
        using var real = await RealFacts.OfAsync(RealFacts.Example(OfAWeek) + """
            RunPeriod, Spring, 4, 30, , 6, 1, , Monday, No, No, No, Yes, Yes;
            RunPeriod, Autumn, 10, 1, , 10, 3, , Monday, No, No, No, Yes, Yes;

            """);

        Assert.Equal(33 * 24, real.Facts.Electricity!.Watts.Count);
        Assert.Equal((4, 30), (real.Facts.Electricity.First.Month, real.Facts.Electricity.First.Day));
        Assert.All(real.Facts.Months!.Uses, use => Assert.Equal(3, use.KilowattHours.Count));
        Assert.Equal(4, real.Facts.Months.First.Month);
        Assert.Equal(new("SPRING", 3), real.Facts.MeteredPeriod);
        Assert.Equal(real.Facts.MeteredPeriod, real.Facts.ZonesPeriod);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Of_a_period_of_more_than_a_year_the_first_is_taken_and_called_one(bool isTwoYears)
    {
        var period = isTwoYears ? ("  1, 1, ,", "  1, 1, 2017,") : ("  1, 1, ,", "  1, 15, 2017,");
        var end = isTwoYears ? ("  12, 31, ,", "  12, 31, 2018,") : ("  12, 31, ,", "  1, 14, 2018,");
        using var real = await RealFacts.OfAsync(RealFacts.Example(period, end));

        Assert.Equal(isTwoYears ? 8784 : 8760, real.Facts.Electricity!.Watts.Count);
        Assert.All(real.Facts.Months!.Uses, use => Assert.Equal(12, use.KilowattHours.Count));
        Assert.Equal((true, isTwoYears, isTwoYears), (real.Facts.Months.IsCut, real.Facts.Electricity.IsCut, real.Facts.ZonesAreCut));
        Assert.Null(real.Facts.MeteredPeriod);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Of_several_run_periods_with_months_alone_the_one_of_most_months_is_taken(bool asDatabase)
    {
        using var real = await RealFacts.OfAsync(RealFacts.Example(OfAWeek) + """
            RunPeriod, Spring, 4, 30, , 6, 1, , Monday, No, No, No, Yes, Yes;
            Output:Meter, InteriorLights:Electricity, Monthly;

            """ + (asDatabase ? "OutputControl:Files, No, No, No, Yes, Yes, Yes, Yes, Yes, Yes, Yes, Yes, Yes, Yes;\n" : ""),
            reportMeters: false);

        Assert.Equal(!asDatabase, File.Exists(real["eplusout.mtr"]));
        Assert.Equal((4, 3), (real.Facts.Months!.First.Month, real.Facts.Months.Uses[0].KilowattHours.Count));
        Assert.Equal(new("SPRING", 2), real.Facts.MeteredPeriod);
    }

    [Fact] // what a run that was stopped or taken over leaves
    public async Task Files_that_are_cut_or_garbled_are_no_error()
    {
        using var real = await RealFacts.OfAsync(RealFacts.Example(OfAWeek));
        File.Delete(real["eplusout.sql"]);
        var random = new Random(8);
        foreach (var file in new[] { "eplusout.mtr", "eplusout.eso" })
        {
            var whole = await File.ReadAllBytesAsync(real[file], TestContext.Current.CancellationToken);
            for (var round = 0; round < Needs.Rounds(300, 30); round++)
            {
                var bytes = whole[..random.Next(whole.Length)];
                for (var at = 0; at < 5 && bytes.Length > 0; at++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                await File.WriteAllBytesAsync(real[file], bytes, TestContext.Current.CancellationToken);
                real.ReadAgain();
            }
        }
    }

    [Theory]
    [InlineData("2,99999999, 1, 1, 0, 1, 0.00,60.00,Monday\n7,1\n")]
    [InlineData("2,-5, 1, 1, 0, 1, 0.00,60.00,Monday\n7,1\n2,2147483647, 1, 1, 0,24, 0.00,60.00,Monday\n7,1\n")]
    [InlineData("2,1, 2,30, 0, 1, 0.00,60.00,Monday\n7,1\n")]
    [InlineData("2,1, 1, 1, 0, 1, 0.00,60.00,Monday\n7,1e400\n")]
    [InlineData("4,31, 0\n8,1\n")]
    [InlineData("7,1\n8,1\n99999999999,4\n")]
    public async Task What_no_run_writes_is_no_error(string data)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["out"]);
        await File.WriteAllTextAsync(folder["out", "eplusout.mtr"],
            "Program Version,EnergyPlus\n7,1,Electricity:Facility [J] !Hourly\n8,9,Heating:Electricity [J] !Monthly [Value]\n"
                + "End of Data Dictionary\n1,RUN PERIOD 1,1,2,3,4\n" + data + "End of Data\n",
            TestContext.Current.CancellationToken);

        var series = SeriesOfRun.Read(new(folder["out"]), [], TestContext.Current.CancellationToken);

        Assert.True(FactsOfSeries.Power(series.Meters, [])?.Watts.Count is null or <= 8784);
        _ = FactsOfSeries.Months(series.Meters, []);
    }

    private static Dictionary<(string Use, string Fuel), double> Of(EnergySummary summary) =>
        summary.EndUsesGj!.SelectMany(use => use.Value.Select(fuel => (Key: (use.Key, fuel.Key), fuel.Value)))
            .ToDictionary(item => item.Key, item => item.Value);
}
