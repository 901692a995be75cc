using IdfKit.Engine.Models;
using IdfKit.Engine.Parts;
using TestBed;

namespace IdfKit.Engine.Tests.Parts;

/// <summary>What becomes of two parts when something befalls one of them, by the real EnergyPlus and real signals.</summary>
public sealed class KilledPartsTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EnergyPlusRunner _runner = new(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
    private readonly TaskCompletionSource _secondRuns = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Two years of a model that takes its time.</summary>
    private static string Model => PeriodModel.With(["First, 1, 1, , 12, 31, , Monday", "Second, 1, 1, , 12, 31, , Monday"])
        .Replace("Timestep, 4;", "Timestep, 60;", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_part_that_is_killed_ends_the_other_one_and_nothing_is_joined()
    {
        var ending = RunAsync(CancellationToken.None);
        await SignalSecondAsync("KILL");
        var ended = await ending;
        Assert.Equal((RunOutcome.Crashed, 9), (ended.Run.Outcome, ended.Run.Signal));
        Assert.Equal([_folder["parts", "2", "out"]], ended.Folders);
        Assert.Empty(CommandLines.With(_folder.Path));
        Assert.False(File.Exists(_folder["out", "eplusout.eso"]));
    }

    [Fact]
    public async Task A_part_that_stands_still_is_ended_with_the_other_one_when_the_time_is_over()
    {
        using var deadline = new CancellationTokenSource();
        var ending = RunAsync(deadline.Token);
        await SignalSecondAsync("STOP");
        await deadline.CancelAsync();
        Assert.Equal(RunOutcome.TimedOut, (await ending).Run.Outcome);
        Assert.Empty(CommandLines.With(_folder.Path));
    }

    [Fact]
    public async Task A_canceled_run_leaves_no_part_alive()
    {
        using var cancel = new CancellationTokenSource();
        var ending = RunAsync(CancellationToken.None, cancel.Token);
        await _secondRuns.Task.WaitAsync(Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ending);
        Assert.Empty(CommandLines.With(_folder.Path));
    }

    private async Task<EndedParts> RunAsync(CancellationToken deadline, CancellationToken cancel = default)
    {
        await File.WriteAllTextAsync(_folder["in.idf"], Model, Token);
        var request = new EngineRequest
        {
            ModelPath = _folder["in.idf"], WeatherPath = RealParts.Weather("Chicago"), OutputDirectory = _folder["out"], Stop = deadline,
        };
        var plan = PeriodPlanner.Plan(StagedText.Read(_folder["in.idf"], "in.idf").Model, request, PeriodsBed.Enough);
        Assert.Null(plan.WhyNot);
        var runner = new PartsRunner(RunOneAsync, _folder["parts"]);
        return await runner.RunAsync(plan, request, progress: null, completed: null, cancel);
    }

    private Task<EngineRun> RunOneAsync(EngineRequest part, IProgress<EngineProgress>? told, CancellationToken token) =>
        _runner.RunAsync(part, new Listener(part.OutputDirectory == _folder["parts", "2", "out"] ? _secondRuns : new()), token);

    private async Task SignalSecondAsync(string signal)
    {
        await _secondRuns.Task.WaitAsync(Token);
        await Signals.SendAsync(signal, Assert.Single(CommandLines.With(_folder["parts", "2", "out"])), Token);
    }

    private sealed class Listener(TaskCompletionSource simulates) : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value)
        {
            if (value.Phase is EnginePhase.Simulating) simulates.TrySetResult();
        }
    }
}
