using IdfKit.Cli.Dev;
using IdfKit.LocalCloud;

namespace IdfKit.Cli.Tests;

public sealed class RunTrackerTests : IDisposable
{
    private readonly TestBed.TemporaryFolder _folder = new();
    private readonly RunTracker _runs = new("outputs/");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_followed_from_its_claim_over_its_progress_to_its_record()
    {
        Write("run.json", """{"status":"running","input":{"key":"inputs/a.idf"}}""");
        Write("progress.json", """{"phase":"warmup","percent":12.4,"environment":"WINTER","elapsed_seconds":1.5}""");
        Assert.Equal("warming up 12% (WINTER)", RunText.Progress(Assert.Single(_runs.Active)));
        Write("run.json", """{"status":"running","input":{"key":"inputs/a.idf"}}""");
        Assert.Equal("storing results", RunText.Progress(Assert.Single(_runs.Active)));
        Write("run.json",
            """{"status":"failed","message":"No zones.","input":{"key":"inputs/a.idf"},"""
                + "\"timings_ms\":{\"total\":2500},\"diagnostics\":{\"warnings\":4}}");
        Assert.Empty(_runs.Active);
        var run = Assert.Single(_runs.Over);
        Assert.Equal("inputs/a.idf  2.5 s  outputs/a/  No zones.", RunText.Outcome(run));
        Assert.False(run.IsCompleted);
    }

    [Fact]
    public void What_a_completed_run_lacks_is_said_in_its_line()
    {
        Write("run.json", """{"status":"completed","message":"Only the design days were simulated.","input":{"key":"inputs/a.idf"}}""");
        Assert.Equal("inputs/a.idf  outputs/a/  Only the design days were simulated.", RunText.Outcome(Assert.Single(_runs.Over)));
    }

    [Theory]
    [InlineData(100, "━")]
    [InlineData(40, "north wing.idf  simulating 43%")]
    [InlineData(10, "…")]
    public void A_running_model_fits_into_the_columns_that_there_are(int columns, string part)
    {
        var run = new Run("outputs/x/", "inputs/a project/the model of the north wing.idf", "running")
        {
            Phase = "simulating", Percent = 43, SimulatedEnvironment = "RUN PERIOD 1",
        };
        var line = RunText.InColumns(run, columns);
        Assert.InRange(line.Length, 1, columns);
        Assert.Contains(part, line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_a_study_is_called_by_its_study_and_its_name()
    {
        Write("run.json", """{"status":"running","input":{"key":"inputs/a.idf"},"study":{"key":"inputs/a.study.csv","name":"thick"}}""");
        Assert.Equal("inputs/a.study.csv thick", Assert.Single(_runs.Active).Input);
    }

    [Fact]
    public void Progress_that_comes_after_the_record_does_not_bring_the_run_back()
    {
        Write("run.json", """{"status":"completed"}""");
        Write("progress.json", """{"phase":"simulating"}""");
        Assert.Empty(_runs.Active);
    }

    [Theory]
    [InlineData("run.json", "no json")]
    [InlineData("run.json", "[]", true)]
    [InlineData("summary.json", """{"status":"running"}""")]
    public void What_is_no_record_is_no_run(string name, string content, bool isRun = false)
    {
        Write(name, content);
        Assert.Equal(isRun ? 1 : 0, _runs.Active.Count);
    }

    [Fact]
    public void What_lies_elsewhere_is_no_run()
    {
        _runs.Written(new ObjectWrite("inputs/a/run.json", _folder["none"], 0, "", "ObjectCreated:Put", "0"));
        Assert.Empty(_runs.Active);
    }

    private void Write(string name, string content)
    {
        File.WriteAllText(_folder[name], content);
        _runs.Written(new ObjectWrite("outputs/a/" + name, _folder[name], content.Length, "", "ObjectCreated:Put", "0"));
    }
}
