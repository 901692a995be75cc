using RunBed;
using TestBed;

using IdfKit.Engine.Running;

namespace IdfKit.Engine.Tests.Processes;

public sealed class ProgressTests
{
    [Fact]
    public async Task Progress_of_a_real_run_goes_through_the_phases_and_the_days()
    {
        using var real = new RealRun(new()
        {
            ModelPath = Repository.PathOf("examples", "one-zone.idf"),
            WeatherPath = RealParts.Weather("Golden"), OutputDirectory = "set by RealRun", Annual = true
        });
        await using var runner = new EnergyPlusRunner(RealRun.Installation);
        var seen = new Recorder();

        var (run, _) = await real.RunAsync(runner, seen);

        Assert.Equal(RunOutcome.Completed, run.Outcome);
        Assert.Equal(Enum.GetValues<EnginePhase>(), seen.Reports.Select(report => report.Phase).Distinct());
        var days = seen.Reports.Where(report => report.Day?.Length == 10).ToList();
        Assert.Equal((0.0, "WHOLE YEAR"), (days[0].Percent, days[0].Environment?.ToUpperInvariant()));
        Assert.Equal(days.Select(day => day.Percent).Order(), days.Select(day => day.Percent));
        Assert.InRange(days[^1].Percent!.Value, 90, 100);
        Assert.Equal((EnginePhase.Complete, 100.0), (seen.Reports[^1].Phase, seen.Reports[^1].Percent));
        Assert.Equal(1, seen.Reports.First(report => report.Phase is EnginePhase.Warmup).WarmupDay);
    }

    [Theory]
    [InlineData("RunPeriod,Winter,1,1,2017,1,31,2017,Tuesday;", 50)] // 16 of January's 31 days are over on the 16th by 15: 48 %
    [InlineData("RunPeriod,Winter,1,1,,1,31,;", 50)]
    [InlineData("RunPeriod,Other,1,1,2017,1,31,2017;", 4)]
    [InlineData("this is no model", 4)]
    public void Percent_is_of_the_run_period_of_the_model(string content, double percent)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["model.idf"], content);
        var seen = new Recorder();
        var reader = new ProgressReader(seen, () => TimeSpan.Zero, folder["model.idf"]);

        reader.Read("Starting Simulation at 01/01/2017 for WINTER");
        reader.Read("Continuing Simulation at 01/16/2017 for WINTER");

        Assert.Equal(
            new(EnginePhase.Simulating, 0, "WINTER", "01/01/2017", TimeSpan.Zero),
            seen.Reports[0] with { DaysSimulated = null, DaysInAll = null });
        Assert.InRange(seen.Reports[1].Percent!.Value, percent - 2, percent + 2);
        Assert.Equal((0, 15), (seen.Reports[0].DaysSimulated, seen.Reports[1].DaysSimulated));
        Assert.InRange(15.0 / seen.Reports[1].DaysInAll!.Value * 100, percent - 2, percent + 2);
    }

    [Fact]
    public void Design_day_has_a_day_but_no_percent()
    {
        var seen = new Recorder();

        new ProgressReader(seen, () => TimeSpan.Zero, "none.idf").Read(
            "Starting Simulation at 07/21 for CHICAGO ANN CLG .4% CONDNS WB=>MDB");

        Assert.Equal(
            new EngineProgress(EnginePhase.Simulating, null, "CHICAGO ANN CLG .4% CONDNS WB=>MDB", "07/21", TimeSpan.Zero),
            seen.Reports.Single());
    }

    [Fact]
    public void Warm_up_says_how_often_the_first_day_was_simulated()
    {
        var seen = new Recorder();
        var reader = new ProgressReader(seen, () => TimeSpan.Zero, "none.idf");

        reader.Read("Warming up {1}");
        reader.Read("Warming up {12}");
        reader.Read("Warming up {x}");

        Assert.Equal([1, 12, null], seen.Reports.Select(report => report.WarmupDay));
        Assert.All(seen.Reports, report => Assert.Null(report.DaysSimulated));
    }

    [Fact]
    public void Line_that_comes_in_pieces_is_one_line()
    {
        var seen = new Recorder();
        var output = new RunOutput(new ProgressReader(seen, () => TimeSpan.Zero, "none.idf"), () => { });

        output.Append("Warm"u8);
        Assert.Empty(seen.Reports);
        output.Append("ing up\nWriting final SQL reports\nEnergy"u8);

        Assert.Equal([EnginePhase.Warmup, EnginePhase.PostProcessing], seen.Reports.Select(report => report.Phase));
        Assert.Equal("Warming up\nWriting final SQL reports\nEnergy", output.Tail);
    }

    private sealed class Recorder : IProgress<EngineProgress>
    {
        public List<EngineProgress> Reports { get; } = [];

        public void Report(EngineProgress value) => Reports.Add(value);
    }
}
