using IdfKit.Engine.Models;
using IdfKit.Engine.Parts;
using IdfKit.Engine.Parts.Year;

using TestBed;

namespace IdfKit.Engine.Tests.Parts.Year;

/// <summary>The year of one model whole, and in parts and joined, both by the real EnergyPlus.</summary>
internal sealed class YearBed : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EnergyPlusRunner _runner = new(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));

    public string Whole => _folder["whole"];

    public string Joined => _folder["joined"];

    public YearPlan Plan { get; private set; } = null!;

    /// <summary>How far neighbours were apart.</summary>
    public IReadOnlyList<YearSelfCheck> Checks { get; private set; } = [];

    /// <summary>What the join says that it does not make.</summary>
    public IReadOnlyList<string> NotProduced { get; private set; } = [];

    /// <summary>Runs both, the parts in as many as that.</summary>
    public async Task RunAsync(string model, int parts = 2, string name = "in.idf", string weather = "Golden")
    {
        var token = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(_folder[name], model, token);
        var request = new EngineRequest { ModelPath = _folder[name], WeatherPath = RealParts.Weather(weather), OutputDirectory = Whole };
        var whole = await _runner.RunAsync(request, cancellationToken: token);
        Assert.Equal(RunOutcome.Completed, whole.Outcome);
        var staged = StagedText.Read(_folder[name], name).Model;
        var room = PeriodsBed.Enough with { Processors = parts };
        var year = YearParts.Of(staged, request, room, _runner.Installation.Version, new(TimeSpan.Zero, TimeSpan.MaxValue));
        Assert.Null(year.Parts.WhyNot);
        Assert.Equal(parts, year.Plan!.Segments.Count);
        Plan = year.Plan;
        var runner = new PartsRunner((part, told, stop) => _runner.RunAsync(part, told, stop), _folder["parts"]);
        var segments = new YearSegments(Plan, request, staged);
        var ended = await runner.RunAsync(year.Parts, request, progress: null, segments.TryRead, token);
        Assert.Equal(RunOutcome.Completed, ended.Run.Outcome);
        Assert.DoesNotContain(ended.Folders, HasDatabase); // each was read when it had ended
        using var folders = new PartFolders(ended.Folders, "eplus", 'L');
        var files = new YearFiles(Plan, folders);
        var results = segments.Read(ended.Folders, token);
        Checks = files.Checks([.. results.Select(one => one.Reports)]);
        Directory.CreateDirectory(Joined);
        NotProduced = await files.JoinAsync(Joined, [.. results.Select(one => one.Database)], segments.Added, ended.Run.Elapsed, token);
    }

    /// <summary>The series of both.</summary>
    public (EsoResults Whole, EsoResults Joined) SeriesOf(string extension) =>
        (Read(Path.Combine(Whole, "eplusout." + extension)), Read(Path.Combine(Joined, "eplusout." + extension)));

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        _folder.Dispose();
    }

    private static bool HasDatabase(string folder) => File.Exists(Path.Combine(folder, "eplusout.sql"));

    private static EsoResults Read(string path)
    {
        using var file = File.OpenRead(path);
        var results = EsoResults.Read(file);
        Assert.False(results.IsCut);
        return results;
    }
}
