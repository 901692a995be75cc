using System.Text;

using TestBed;

using IdfKit.Engine;
using IdfKit.Runs.Preflight;
using IdfKit.Runs.Staging;
using IdfKit.Runs.Tests.Preflight;
using RunBed;
using IdfKit.Storage;

namespace IdfKit.Runs.Tests.Staging;

/// <summary>The .stat beside a weather file goes where EnergyPlus looks for it, and its absence is told where it matters.</summary>
public sealed class WeatherStatisticsTests : IDisposable
{
    private const string Mains = "Site:WaterMainsTemperature,CorrelationFromWeatherFile;\n";
    private const string Water = "WaterUse:Equipment,Taps,,0.0001;\n";

    private readonly TemporaryFolder _folder = new();
    private readonly IAsyncFileSystem _bucket = new MemoryFileSystem().AsAsync();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Output:Table:SummaryReports,AllSummary;", true)]
    [InlineData("Output:Table:SummaryReports,AnnualBuildingUtilityPerformanceSummary,ClimaticDataSummary;", true)]
    [InlineData("Output:Table:SummaryReports,AnnualBuildingUtilityPerformanceSummary;", false)]
    [InlineData("Site:WaterMainsTemperature,correlationfromweatherfile;", true)]
    [InlineData("Site:WaterMainsTemperature,;", true)]
    [InlineData("Site:WaterMainsTemperature,Correlation,,10,20;", false)]
    [InlineData("Site:WaterMainsTemperature,Schedule,Use;", false)]
    [InlineData("Generator:WindTurbine,T;", true)]
    [InlineData("People,P,Hall,On,People,2,,,0.3,,Act,,No,EnclosureAveraged,,On,ClothingInsulationSchedule,,On,On,AdaptiveASH55;", true)]
    [InlineData("People,P,Hall,On,People,2,,,0.3,,Act,,No,EnclosureAveraged,,On,ClothingInsulationSchedule,,On,On,Fanger;", false)]
    public async Task Only_models_that_read_it_cost_a_request(string text, bool reads)
    {
        await _bucket.WriteTextAsync("inputs/house.stat", "x");
        var seen = new RecordingFileSystem(_bucket);
        var result = await FetchAsync(Read(text), new WeatherCheck { Days = 365 }, seen);
        Assert.Equal((reads, reads ? 1 : 0), (result.IsStaged, seen.Requests.Count));
        Assert.Equal(reads, File.Exists(_folder["in.stat"]));
    }

    [Fact]
    public async Task File_in_capitals_is_found()
    {
        await _bucket.WriteTextAsync("inputs/House.STAT", "x");
        Assert.True((await FetchAsync(Read(Mains), new WeatherCheck { Days = 7 })).IsStaged);
    }

    [Theory]
    [InlineData(Mains, 365, 1, "takes the temperature of mains water from the weather file itself", false)]
    [InlineData(Mains, 7, 1, "the figures of mains water are nonsense", false)]
    [InlineData(Mains, 365, 4, "the figures of mains water are nonsense", false)]
    [InlineData(Mains + Water, 7, 1, "hot water would be nonsense", true)]
    [InlineData(Mains + Water, 365, 1, "takes the temperature of mains water from the weather file itself", false)]
    public async Task Absence_is_told_or_refused_and_waited_for(string text, int days, int anHour, string said, bool isRefused)
    {
        var result = await FetchAsync(Read(text), new WeatherCheck { Days = days, RecordsAnHour = anHour });
        var message = isRefused ? result.Rejection!.Message : result.Notice!;
        Assert.Contains(said, message, StringComparison.Ordinal);
        WeatherAgainstEnergyPlusTests.AssertIsSentence(message);
        if (isRefused)
            Assert.Equal((RunReason.MissingFile, "inputs/house.stat"), (result.Rejection!.Reason, Assert.Single(result.Rejection.Missing)));
        else Assert.Null(result.Rejection);
    }

    [Fact]
    public async Task EnergyPlus_takes_the_mains_from_it()
    {
        await using var house = new RealHouse();
        await _bucket.WriteTextAsync("inputs/house.stat", Statistics(9.5));
        var told = new List<string>();
        foreach (var isThere in new[] { true, false })
        {
            var folder = house.NewFolder();
            await File.WriteAllTextAsync(Path.Combine(folder, "in.epw"), RealHouse.Text(RealHouse.Week()));
            await File.WriteAllTextAsync(Path.Combine(folder, "in.idf"), RealHouse.Model + Mains);
            var check = WeatherFile.Check(Path.Combine(folder, "in.epw"), "house.epw");
            Assert.Equal((7, false), (check.Days, check.HasWholeYear));
            if (isThere)
                await WeatherStatistics.FetchAsync(
                    _bucket, "inputs/house.epw", Path.Combine(folder, "in.epw"), Read(Mains), check, CancellationToken.None);
            Assert.Equal(RunOutcome.Completed, (await house.RunAsync(folder)).Outcome);
            var lines = await File.ReadAllLinesAsync(Path.Combine(folder, "out", "eplusout.eio"));
            told.Add(lines.Single(line => line.StartsWith("Site Water Mains", StringComparison.Ordinal)));
        }
        Assert.Contains(",9.50,", told[0], StringComparison.Ordinal);
        Assert.DoesNotContain(",9.50,", told[1], StringComparison.Ordinal);
    }

    private static string Statistics(double mean)
    {
        var months = string.Concat(Enumerable.Repeat($"{mean}\t", 12));
        return $" - Monthly Statistics for Dry Bulb temperatures C\n\t\tJan\tFeb\tMar\tApr\tMay\tJun\tJul\tAug\tSep\tOct\tNov\tDec\n"
            + $"\t Maximum\t{months}\n\t Day:Hour\t{months}\n\n\t Minimum\t{months}\n\t Day:Hour\t{months}\n\n\t Daily Avg\t{months}\n";
    }

    private Task<WeatherStatisticsResult> FetchAsync(Model model, WeatherCheck check, IAsyncFileSystem? files = null) =>
        WeatherStatistics.FetchAsync(files ?? _bucket, "inputs/house.epw", _folder["in.epw"], model, check, CancellationToken.None);

    private static Model Read(string text) => Model.Read(new MemoryStream(Encoding.UTF8.GetBytes("Version,25.2;\n" + text)));
}
