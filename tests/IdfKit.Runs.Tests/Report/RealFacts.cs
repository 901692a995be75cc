using IdfKit.Engine;
using IdfKit.Runs.Records;
using IdfKit.Runs.Report;

using TestBed;

namespace IdfKit.Runs.Tests.Report;

/// <summary>The facts of a run of the real EnergyPlus, and its files.</summary>
internal sealed class RealFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReportFacts Facts { get; private set; } = null!;

    public EnergySummary Summary { get; private set; } = null!;

    public string this[string file] => _folder["out", file];

    /// <summary>The example model, for its year unless it is changed.</summary>
    public static string Example(params (string Old, string New)[] changes)
    {
        var text = File.ReadAllText(Repository.PathOf("examples", "one-zone.idf")).ReplaceLineEndings("\n");
        foreach (var (old, now) in changes)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, now, StringComparison.Ordinal);
        }
        return text;
    }

    public static async Task<RealFacts> OfAsync(string model, bool reportMeters = true, bool designDay = false)
    {
        var real = new RealFacts();
        await real.RunAsync(model, reportMeters, designDay);
        return real;
    }

    /// <summary>The facts of what lies there now.</summary>
    public void ReadAgain() => Facts = new FactsOfRun
    {
        Record = new() { RunId = "1", Status = RunStatus.Completed, Input = new("", "a.idf"), StartedAt = DateTimeOffset.UnixEpoch },
        Summary = Summary,
        Outputs = new RunOutputs(_folder["out"]),
        WeatherPath = RealParts.Weather("Golden"),
    }.Read(TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();

    private async Task RunAsync(string text, bool reportMeters, bool designDay)
    {
        var token = TestContext.Current.CancellationToken;
        var path = _folder["in.idf"];
        await File.WriteAllTextAsync(path, text, token);
        Model model;
        await using (var stream = File.OpenRead(path)) model = Model.Read(stream);
        var installation = EnergyPlusInstallation.Find(RealParts.EnergyPlus());
        var prepared = await ModelPreparation.PrepareAsync(model, path, installation, new() { ReportMeters = reportMeters }, token);
        Assert.Null(prepared.Refusal);
        await using var runner = new EnergyPlusRunner(installation);
        var run = await runner.RunAsync(new()
        {
            ModelPath = path,
            WeatherPath = RealParts.Weather("Golden"),
            OutputDirectory = _folder["out"],
            DesignDay = designDay,
            ExpandObjects = false,
        }, progress: null, token);
        Assert.Equal(RunOutcome.Completed, run.Outcome);
        Summary = EnergySummary.Read(_folder["out"]);
        ReadAgain();
    }
}
