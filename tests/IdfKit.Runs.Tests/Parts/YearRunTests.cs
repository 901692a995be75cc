using System.Diagnostics;

using IdfKit.Engine;
using IdfKit.Engine.Parts;
using IdfKit.Runs.Parts;
using IdfKit.Runs.Staging;

using RunBed;
using TestBed;

namespace IdfKit.Runs.Tests.Parts;

/// <summary>What becomes of a year in parts that something befalls, with a script in EnergyPlus's place.</summary>
public sealed class YearRunTests : IDisposable
{
    private const string NoCoal = "   ** Warning ** Output:Meter:MeterFileOnly: invalid Key Name=\"HEATING:COAL\" - not found.\n";
    private const string NoFans = "   ** Warning ** Output:Meter:MeterFileOnly: invalid Key Name=\"FANS:COAL\" - not found.\n";

    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace;

    public YearRunTests() => _workspace = Workspace.Create(_folder.Path, "run");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_year_that_times_out_in_parts_keeps_the_messages_without_those_of_meters_that_nobody_asked_for()
    {
        var ended = await RunAsync(async (part, token) =>
        {
            await File.WriteAllTextAsync(Path.Combine(part.OutputDirectory, "eplusout.err"), NoFans + NoCoal + NoCoal + "Other\n", token);
            await File.WriteAllTextAsync(Path.Combine(part.OutputDirectory, "eplusout.audit"), NoFans, token);
            return new() { Outcome = RunOutcome.TimedOut };
        });
        Assert.Equal(
            (RunOutcome.TimedOut, null, RunSentences.PartsOfYearStopped), (ended.Run!.Outcome, ended.Segments, ended.Notice));
        Assert.True(ended.HasNoSeries);
        Assert.Equal(NoCoal + "Other\n", await File.ReadAllTextAsync(Path.Combine(_workspace.Outputs, "eplusout.err"), Token));
        Assert.Equal(
            ["eplusout.audit", "eplusout.err"],
            Directory.GetFileSystemEntries(_workspace.Outputs).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_part_that_is_killed_is_told_as_a_reason_of_the_moment_and_one_that_fails_as_one_that_lasts()
    {
        var killed = await RunAsync((part, token) => Task.FromResult<EngineRun>(new() { Outcome = RunOutcome.Crashed, Signal = 9 }));
        Assert.Contains("did not complete: one of them was killed", killed.Notice, StringComparison.Ordinal);
        Assert.True(RunSentences.IsOfMoment(killed.Notice));
        var full = await RunAsync((part, token) => Task.FromResult<EngineRun>(
            new() { Outcome = RunOutcome.Failed, Exceeded = new(BoundKind.Memory, 1) }));
        Assert.Contains("did not complete: one of them needed more than its share", full.Notice, StringComparison.Ordinal);
        Assert.True(RunSentences.IsOfMoment(full.Notice));
        var failed = await RunAsync((part, token) => Task.FromResult<EngineRun>(new() { Outcome = RunOutcome.Failed }));
        Assert.Contains("did not complete: one of them failed", failed.Notice, StringComparison.Ordinal);
        Assert.False(RunSentences.IsOfMoment(failed.Notice));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_disk_that_fails_parts_has_the_year_simulated_whole(bool isFullBefore)
    {
        if (isFullBefore) await File.WriteAllTextAsync(_workspace.Parts, "in the place of their folder", Token);
        var ended = await RunAsync((part, token) => throw new IOException("No space left on device"));
        Assert.Equal((null, null), (ended.Run, ended.Segments));
        Assert.Contains("simulated whole (parallel: year): the local disk failed", ended.Notice, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Outputs));
    }

    [Fact]
    public async Task A_disk_that_fails_behind_the_parts_does_not_make_their_time_forgotten()
    {
        Directory.CreateDirectory(Path.Combine(_workspace.Outputs, "eplusout.audit")); // no file can be written there
        var ended = await RunAsync(async (part, token) =>
        {
            await File.WriteAllTextAsync(Path.Combine(part.OutputDirectory, "eplusout.audit"), "", token);
            return new() { Outcome = RunOutcome.TimedOut, CpuTime = TimeSpan.FromSeconds(1) };
        });
        Assert.Equal((null, TimeSpan.FromSeconds(2)), (ended.Run, ended.Spent));
        Assert.Contains("the local disk failed", ended.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_that_go_on_so_slowly_that_the_year_would_not_fit_behind_them_are_given_up_in_time()
    {
        var left = TimeSpan.FromMinutes(1);
        var began = new Lazy<long>(Stopwatch.GetTimestamp);
        var ended = await RunAsync(async (part, progress, token) =>
        {
            _ = began.Value;
            while (!part.Stop.IsCancellationRequested && Stopwatch.GetElapsedTime(began.Value) < left)
            {
                var share = Stopwatch.GetElapsedTime(began.Value) / left / 0.4; // they take 24 s, and the year 42 s
                if (share < 1) progress!.Report(new(EnginePhase.Simulating, 100 * share, "P", "01/01", TimeSpan.Zero));
                await Task.Delay(10, token);
            }
            var isStopped = part.Stop.IsCancellationRequested;
            return new() { Outcome = isStopped ? RunOutcome.TimedOut : RunOutcome.Completed, CpuTime = TimeSpan.FromSeconds(1) };
        }, left);
        Assert.Equal((null, TimeSpan.FromSeconds(2)), (ended.Run, ended.Spent));
        Assert.Contains("s are left, and should parts differ", ended.Notice, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Outputs));
    }

    private Task<PartsEnded> RunAsync(Func<EngineRequest, CancellationToken, Task<EngineRun>> run) =>
        RunAsync((part, _, token) => run(part, token), TimeSpan.FromMinutes(5));

    private async Task<PartsEnded> RunAsync(PartEngine run, TimeSpan left)
    {
        var path = Path.Combine(_workspace.Inputs, "in.idf");
        var text = await File.ReadAllTextAsync(RealParts.Model("one-zone"), Token);
        await File.WriteAllTextAsync(path, text + "Output:Meter:MeterFileOnly,Heating:Coal,Monthly;\n", Token);
        await File.WriteAllTextAsync(_workspace.Weather, "", Token);
        var request = new EngineRequest
        {
            ModelPath = path, WeatherPath = _workspace.Weather, OutputDirectory = _workspace.Outputs, WorkingDirectory = _workspace.Inputs,
        };
        var engines = new OneEngine(EnergyPlusInstallation.Find(RealParts.EnergyPlus()), run)
        {
            Room = (2, 8L << 30, 8L << 30), LeastYear = TimeSpan.Zero,
        };
        var year = new YearRun(_workspace, engines.For(engines.Installations[0]), engines, left);
        using var stream = File.OpenRead(path);
        return await year.RunAsync(Model.Read(stream), request, progress: null, Token);
    }
}
