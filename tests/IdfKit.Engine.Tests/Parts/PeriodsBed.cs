using IdfKit.Engine.Models;
using IdfKit.Engine.Parts;
using RunBed;
using TestBed;

namespace IdfKit.Engine.Tests.Parts;

/// <summary>One model run whole, and in its parts and joined.</summary>
internal sealed class PeriodsBed : IAsyncDisposable
{
    public static PartRoom Enough { get; } = OneEngine.RoomOf(2);

    private readonly TemporaryFolder _folder = new();
    private readonly EnergyPlusRunner _runner = new(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));

    public string Whole => _folder["whole"];

    public string Joined => _folder["joined"];

    public EndedParts? Ended { get; private set; }

    /// <summary>Runs both; gives what the join did not make.</summary>
    /// <param name="model">The model's text.</param>
    /// <param name="weather">Part of the weather file's name.</param>
    /// <param name="name">What the file is called.</param>
    public async Task<IReadOnlyList<string>> RunAsync(string model, string weather = "Chicago", string name = "in.idf")
    {
        var token = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(_folder[name], model, token);
        var request = new EngineRequest { ModelPath = _folder[name], WeatherPath = RealParts.Weather(weather), OutputDirectory = Whole };
        var whole = await _runner.RunAsync(request, cancellationToken: token);
        Assert.Equal(RunOutcome.Completed, whole.Outcome);
        var staged = StagedText.Read(_folder[name], name).Model;
        var plan = PeriodPlanner.Plan(staged, request, Enough);
        Assert.Null(plan.WhyNot);
        var parts = new PartsRunner((part, told, stop) => _runner.RunAsync(part, told, stop), _folder["parts"]);
        Ended = await parts.RunAsync(plan, request, progress: null, completed: null, token);
        Assert.Equal(RunOutcome.Completed, Ended.Run.Outcome);
        Directory.CreateDirectory(Joined);
        return new PartFiles(Ended.Folders, "eplus", 'L').Join(Joined, Ended.Run.Elapsed, token);
    }

    /// <summary>A file of both, without its first line, which has the time.</summary>
    public (string Whole, string Joined) TextsOf(string name) => (Rest(Path.Combine(Whole, name)), Rest(Path.Combine(Joined, name)));

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        _folder.Dispose();
    }

    private static string Rest(string path)
    {
        var text = File.ReadAllText(path, System.Text.Encoding.Latin1);
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }
}
