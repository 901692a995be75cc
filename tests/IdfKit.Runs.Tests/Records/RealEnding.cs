using RunBed;
using IdfKit.Engine;
using IdfKit.Runs.Records;

using TestBed;

namespace IdfKit.Runs.Tests.Records;

/// <summary>One run of the real EnergyPlus, as the function would describe it.</summary>
internal sealed class RealEnding : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RunRecord Record { get; private set; } = null!;

    public EnergySummary Summary { get; private set; } = null!;

    public string Json => System.Text.Encoding.UTF8.GetString(RunRecordFile.ToJson(Record));

    public string this[string file] => _folder["out", file];

    /// <summary>The example model, for a week of its year unless it is changed further.</summary>
    public static string Model(params (string Old, string New)[] changes)
    {
        var text = File.ReadAllText(Repository.PathOf("examples", "one-zone.idf")).ReplaceLineEndings("\n");
        foreach (var (old, now) in changes.Prepend(("  12, 31, ,", "  1, 7, ,")))
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, now, StringComparison.Ordinal);
        }
        return text;
    }

    public static async Task<RealEnding> OfAsync(
        string model,
        RunOptions? options = null,
        string weather = "Golden",
        bool ofFunction = true,
        string name = "office.idf",
        TimeSpan? timeout = null)
    {
        var ending = new RealEnding();
        await ending.RunAsync(model, options ?? new(), RealParts.Weather(weather), ofFunction, name, timeout);
        return ending;
    }

    public void Dispose() => _folder.Dispose();

    private async Task RunAsync(string text, RunOptions options, string weather, bool ofFunction, string name, TimeSpan? timeout)
    {
        var token = TestContext.Current.CancellationToken;
        var path = _folder["in" + Path.GetExtension(name)];
        await File.WriteAllTextAsync(path, text, token);
        var model = Read(path);
        var added = ModelPreparation.Apply(model, path, [], []);
        var installation = EnergyPlusInstallation.Find(RealParts.EnergyPlus());
        await using var runner = new EnergyPlusRunner(installation);
        var limit = timeout ?? TimeSpan.FromMinutes(5);
        var ended = await runner.RunAsync(Request(path, options, weather, limit), progress: null, token);
        var record = new RunRecord
        {
            RunId = "1",
            Status = RunStatus.Running,
            Input = new(ofFunction ? "models" : "", "inputs/" + name),
            Weather = new("models", Path.GetFileName(weather), "folder"),
            Options = options,
            AddedObjects = added,
            StartedAt = DateTimeOffset.UnixEpoch,
        };
        (Record, Summary) = EndedRun.Describe(record, ended, new(_folder["out"]), model, new(RunReason.Timeout, limit));
    }

    private EngineRequest Request(string path, RunOptions options, string weather, TimeSpan timeout) => new()
    {
        ModelPath = path,
        WeatherPath = weather,
        OutputDirectory = _folder["out"],
        Annual = options.Annual,
        DesignDay = options.DesignDay,
        ReadVars = options.Readvars,
        Timeout = timeout,
    };

    private static Model Read(string path)
    {
        using var stream = File.OpenRead(path);
        return IdfKit.Engine.Model.Read(stream);
    }
}
