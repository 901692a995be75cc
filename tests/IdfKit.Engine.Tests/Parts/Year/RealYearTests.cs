using System.Text;

using IdfKit.Engine.Parts.Year;

using TestBed;

namespace IdfKit.Engine.Tests.Parts.Year;

/// <summary>A year in two segments against one process, both by the real EnergyPlus.</summary>
public sealed class RealYearTests
{
    [Fact]
    public async Task Records_of_an_aligned_year_in_two_are_those_of_one_process()
    {
        using var folder = new TemporaryFolder();
        var model = await File.ReadAllTextAsync(RealParts.Model("one-zone"), TestContext.Current.CancellationToken) + """

            Output:Variable,*,Zone Mean Air Temperature,Hourly;
            Output:Meter:MeterFileOnly,DistrictCooling:Facility,Daily;
            Output:Meter:MeterFileOnly,DistrictCooling:Facility,Monthly;

            """;
        var plan = PlanOf(Parse(model));
        Assert.Equal(2, plan.Segments.Count);
        await RunAsync(model, folder["whole"]);
        for (var part = 0; part < 2; part++)
            await RunAsync(Encoding.UTF8.GetString(YearText.Of(Parse(model), plan, part).Span), folder[$"part{part}"]);

        foreach (var name in new[] { "eplusout.eso", "eplusout.mtr" })
        {
            using var into = new MemoryStream();
            List<Stream> parts = [File.OpenRead(Path.Combine(folder["part0"], name)), File.OpenRead(Path.Combine(folder["part1"], name))];
            new YearSeries(plan, variable => variable.Name.StartsWith("Facility", StringComparison.Ordinal))
                .Write(parts, into, name, TestContext.Current.CancellationToken);
            foreach (var part in parts) await part.DisposeAsync();
            into.Position = 0;
            using var whole = File.OpenRead(Path.Combine(folder["whole"], name));
            Same(EsoResults.Read(whole), EsoResults.Read(into));
        }

        var reports = Enumerable.Range(0, 2).Select(part => Reports(folder[$"part{part}"])).ToList();
        var check = YearSelfCheck.Of(plan, 0, reports[0], reports[1], YearReports.Sums(plan, reports));
        Assert.True(check.IsWithin, check.ToString());
    }

    private static void Same(EsoResults whole, EsoResults joined)
    {
        Assert.False(joined.IsCut);
        foreach (var series in whole.AllSeries())
        {
            var (name, key, frequency) = (series.Variable.Name, series.Variable.Key, series.Variable.Frequency);
            var other = joined.Series(name, series.Variable.IsMeter ? null : key, frequency);
            if (frequency is ResultFrequency.RunPeriod or ResultFrequency.Annual) continue;
            Assert.NotNull(other);
            Assert.Equal(series.Values.Length, other.Values.Length);
            var largest = series.Values.ToArray().Max(value => Math.Abs(value));
            foreach (var (one, two) in series.Values.ToArray().Zip(other.Values.ToArray()))
                Assert.InRange(Math.Abs(one - two), 0, Math.Max(1e-3, largest * 1e-6));
        }
    }

    private static YearReports Reports(string folder)
    {
        using var variables = File.OpenRead(Path.Combine(folder, "eplusout.eso"));
        using var meters = File.OpenRead(Path.Combine(folder, "eplusout.mtr"));
        return YearReports.Of(EsoResults.Read(variables), EsoResults.Read(meters));
    }

    private static YearPlan PlanOf(Model model)
    {
        var (year, whyNot) = YearModel.Of(model);
        Assert.Null(whyNot);
        return YearPlanner.Plan(year!.Period, year.ShadingDays, parts: 2);
    }

    private static Model Parse(string text)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Model.Read(bytes);
    }

    private static async Task RunAsync(string model, string output)
    {
        Directory.CreateDirectory(output);
        var path = output + ".idf";
        await File.WriteAllTextAsync(path, model, TestContext.Current.CancellationToken);
        await using var runner = new EnergyPlusRunner(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        var request = new EngineRequest { ModelPath = path, WeatherPath = RealParts.Weather("Golden"), OutputDirectory = output };
        var run = await runner.RunAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(RunOutcome.Completed, run.Outcome);
    }
}
