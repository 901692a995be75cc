using System.Text;

using IdfKit.Engine.Parts.Year;

using TestBed;

namespace IdfKit.Engine.Tests.Parts.Year;

/// <summary>A year in two segments against one process, both by the real EnergyPlus.</summary>
public sealed class RealYearTests
{
    private const string Air = "Zone Mean Air Temperature";
    private const string Cooling = "DistrictCooling:Facility";

    private const string Reports = $"""

        Output:Variable,*,{Air},Hourly;
        Output:Meter:MeterFileOnly,{Cooling},Daily;
        Output:Meter:MeterFileOnly,{Cooling},Monthly;

        """;

    [Fact] // criterion 6 of the measurements
    public async Task An_aligned_year_in_two_is_that_of_one_process_and_one_that_is_not_aligned_is_another()
    {
        using var folder = new TemporaryFolder();
        var text = await File.ReadAllTextAsync(RealParts.Model("one-zone"), TestContext.Current.CancellationToken) + Reports;
        var model = Parse(text);
        var (year, whyNot) = YearModel.Of(model);
        Assert.Null(whyNot);
        Assert.Equal(20, year!.ShadingDays);
        await RunAsync(Encoding.UTF8.GetBytes(text), folder["whole"]);

        var (air, cooling) = await ApartAsync(YearPlanner.Plan(year.Period, year.ShadingDays, 2), model, folder, "aligned");
        Assert.InRange(air, 0, 0.001);
        Assert.InRange(cooling, 0, 0.0001);
        (air, _) = await ApartAsync(YearPlanner.Plan(year.Period, shadingDays: 1, 2), model, folder, "unaligned");
        Assert.InRange(air, 0.1, 5);
    }

    /// <summary>How far the joined year is from the whole one: zone air in K, cooling in % of the year.</summary>
    private static async Task<(double Air, double Cooling)> ApartAsync(YearPlan plan, Model model, TemporaryFolder folder, string name)
    {
        Assert.Equal(2, plan.Segments.Count);
        var outputs = plan.Segments.Select((_, part) => folder[$"{name}{part}"]).ToList();
        var added = YearOutputs.Missing(model, new(25, 2));
        for (var part = 0; part < outputs.Count; part++) await RunAsync(YearText.Of(model, plan, part, added), outputs[part]);
        var (air, wholeAir) = (Join(plan, model, outputs, "eplusout.eso"), Read(folder["whole"], "eplusout.eso"));
        var (meters, wholeMeters) = (Join(plan, model, outputs, "eplusout.mtr"), Read(folder["whole"], "eplusout.mtr"));
        Assert.Equal(12, ValuesOf(meters, Cooling, ResultFrequency.Monthly).Length);
        Assert.Equal(365, ValuesOf(meters, Cooling, ResultFrequency.Daily).Length);
        var hours = ValuesOf(air, Air, ResultFrequency.Hourly);
        Assert.Equal(8760, hours.Length);
        var (sum, wholeSum) = (ValuesOf(meters, Cooling, ResultFrequency.Daily).Sum(),
            ValuesOf(wholeMeters, Cooling, ResultFrequency.Daily).Sum());
        var furthest = hours.Zip(ValuesOf(wholeAir, Air, ResultFrequency.Hourly), (one, other) => Math.Abs(one - other)).Max();
        return (furthest, 100 * Math.Abs(sum - wholeSum) / wholeSum);
    }

    private static EsoResults Join(YearPlan plan, Model model, List<string> outputs, string name)
    {
        using var into = new MemoryStream();
        List<Stream> parts = [.. outputs.Select(output => File.OpenRead(Path.Combine(output, name)))];
        try
        {
            new YearSeries(plan, new AddedOutputs(model).Has).Write(parts, into, name, TestContext.Current.CancellationToken);
        }
        finally { parts.ForEach(part => part.Dispose()); }
        into.Position = 0;
        var joined = EsoResults.Read(into);
        Assert.False(joined.IsCut);
        return joined;
    }

    private static EsoResults Read(string folder, string name)
    {
        using var file = File.OpenRead(Path.Combine(folder, name));
        return EsoResults.Read(file);
    }

    private static double[] ValuesOf(EsoResults results, string name, ResultFrequency frequency) =>
        results.Series(name, frequency: frequency)!.Values.ToArray();

    private static Model Parse(string text)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Model.Read(bytes);
    }

    private static async Task RunAsync(ReadOnlyMemory<byte> model, string output)
    {
        Directory.CreateDirectory(output);
        var path = output + ".idf";
        await File.WriteAllBytesAsync(path, model, TestContext.Current.CancellationToken);
        await using var runner = new EnergyPlusRunner(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        var request = new EngineRequest { ModelPath = path, WeatherPath = RealParts.Weather("Golden"), OutputDirectory = output };
        var run = await runner.RunAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(RunOutcome.Completed, run.Outcome);
    }
}
