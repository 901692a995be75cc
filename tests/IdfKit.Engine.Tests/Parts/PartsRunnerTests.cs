using System.Text;

using IdfKit.Engine.Parts;
using TestBed;

namespace IdfKit.Engine.Tests.Parts;

/// <summary>How parts end together, with a script in EnergyPlus's place.</summary>
public sealed class PartsRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private EngineRequest Request => new() { ModelPath = _folder["in.idf"], OutputDirectory = _folder["out"] };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_part_that_dies_ends_the_others_and_its_ending_is_that_of_the_run()
    {
        var ended = await new PartsRunner(DieSecond, _folder.Path)
            .RunAsync(PlanOf(3, atOnce: 3), Request, progress: null, completed: null, Token);
        Assert.Equal((RunOutcome.Crashed, 11), (ended.Run.Outcome, ended.Run.Signal));
        Assert.Equal([_folder["2", "out"]], ended.Folders);

        static async Task<EngineRun> DieSecond(EngineRequest part, IProgress<EngineProgress>? progress, CancellationToken token)
        {
            if (IsSecond(part)) return new() { Outcome = RunOutcome.Crashed, Signal = 11 };
            await Stopped(part.Stop, token);
            return new() { Outcome = RunOutcome.TimedOut };
        }
    }

    [Fact]
    public async Task A_deadline_ends_all_and_the_first_tells_of_it()
    {
        using var deadline = new CancellationTokenSource();
        var begun = 0;
        var running = new PartsRunner(async (part, _, token) =>
        {
            if (Interlocked.Increment(ref begun) == 2) await deadline.CancelAsync();
            await Stopped(part.Stop, token);
            return new() { Outcome = RunOutcome.TimedOut };
        }, _folder.Path).RunAsync(PlanOf(2, atOnce: 2), Request with { Stop = deadline.Token }, progress: null, completed: null, Token);
        Assert.Equal(RunOutcome.TimedOut, (await running).Run.Outcome);
    }

    [Fact]
    public async Task One_that_cannot_be_started_ends_the_others_before_the_caller_hears_of_it()
    {
        var isGone = false;
        await Assert.ThrowsAsync<EnergyPlusException>(() => new PartsRunner(async (part, _, token) =>
        {
            if (IsSecond(part))
                throw new EnergyPlusException(EnergyPlusErrorKind.Broken, "Broken.");
            await Stopped(part.Stop, token);
            isGone = true;
            return new() { Outcome = RunOutcome.TimedOut };
        }, _folder.Path).RunAsync(PlanOf(2, atOnce: 2), Request, progress: null, completed: null, Token));
        Assert.True(isGone);
    }

    [Fact]
    public async Task No_more_run_at_once_than_there_is_room_for_and_each_has_its_share()
    {
        var (now, most, shares, begun) = (0, 0, 0, 0);
        var gate = new Lock();
        var ended = await new PartsRunner(async (part, _, token) =>
        {
            lock (gate) (now, most, shares) = (now + 1, Math.Max(most, now + 1), part.Shares);
            await Task.Yield();
            lock (gate) now--;
            var peak = 9 + Interlocked.Increment(ref begun);
            return new() { Outcome = RunOutcome.Completed, CpuTime = TimeSpan.FromSeconds(1), PeakMemoryBytes = peak };
        }, _folder.Path).RunAsync(PlanOf(5, atOnce: 2), Request, progress: null, completed: null, Token);
        Assert.InRange(most, 1, 2);
        Assert.Equal(2, shares);
        Assert.Equal((TimeSpan.FromSeconds(5), 14L + 13, 5), (ended.Run.CpuTime, ended.Run.PeakMemoryBytes, ended.Folders.Count));
    }

    [Fact]
    public async Task Results_of_one_that_has_completed_are_used_while_others_run_and_of_one_that_has_not_never()
    {
        var isUsed = new TaskCompletionSource();
        List<(int Part, string Folder)> used = [];
        var ended = await new PartsRunner(async (part, _, token) =>
        {
            if (IsSecond(part)) return new() { Outcome = RunOutcome.Completed };
            await isUsed.Task.WaitAsync(token);
            return new() { Outcome = RunOutcome.Failed };
        }, _folder.Path).RunAsync(PlanOf(2, atOnce: 2), Request, progress: null, (part, folder, _) =>
        {
            used.Add((part, folder));
            isUsed.SetResult();
        }, Token);
        Assert.Equal([(1, _folder["2", "out"])], used);
        Assert.Equal(RunOutcome.Failed, ended.Run.Outcome);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Who_uses_results_is_told_when_nobody_waits_for_them_any_more(bool isCanceled)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var isInUse = new TaskCompletionSource();
        var isTold = false;
        var running = new PartsRunner(async (part, _, token) =>
        {
            if (IsSecond(part)) return new() { Outcome = RunOutcome.Completed };
            await isInUse.Task.WaitAsync(Token);
            if (isCanceled) await cancel.CancelAsync();
            token.ThrowIfCancellationRequested();
            return new() { Outcome = RunOutcome.Crashed, Signal = 11 };
        }, _folder.Path).RunAsync(PlanOf(2, atOnce: 2), Request, progress: null, (_, _, noLonger) =>
        {
            isInUse.SetResult();
            WaitHandle.WaitAny([noLonger.WaitHandle, Token.WaitHandle]);
            isTold = noLonger.IsCancellationRequested;
        }, cancel.Token);
        if (isCanceled) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        else Assert.Equal(RunOutcome.Crashed, (await running).Run.Outcome);
        Assert.True(isTold);
    }

    [Fact]
    public void Progress_is_how_far_the_parts_are_together_and_never_goes_back()
    {
        List<EngineProgress> told = [];
        var progress = new ProgressOfParts(new Told(told), 4, () => TimeSpan.FromMinutes(1));
        progress.Of(0).Report(In(EnginePhase.Warmup));
        progress.Of(1).Report(In(EnginePhase.Initializing));
        progress.Of(0).Report(At(40));
        progress.Of(1).Report(In(EnginePhase.Warmup));
        progress.Of(0).Report(In(EnginePhase.PostProcessing));
        progress.Of(0).Report(In(EnginePhase.Complete));
        progress.Of(2).Report(In(EnginePhase.Initializing)); // begins when the first has ended
        progress.Of(1).Report(At(20));
        for (var part = 1; part < 4; part++) progress.Of(part).Report(In(EnginePhase.PostProcessing));
        for (var part = 1; part < 4; part++) progress.Of(part).Report(In(EnginePhase.Complete));

        Assert.Equal([null, null, 10, 10, 25, 25, 25, 30, 50, 75, 100, 100, 100, 100], told.Select(value => value.Percent));
        Assert.Equal(
            [EnginePhase.Warmup, EnginePhase.Simulating, EnginePhase.PostProcessing, EnginePhase.Complete],
            told.Select(value => value.Phase).Distinct());
        Assert.Equal(told.Select(value => value.Phase).Order(), told.Select(value => value.Phase));
        Assert.All(told, value => Assert.Equal(TimeSpan.FromMinutes(1), value.Elapsed));

        static EngineProgress At(double percent) => new(EnginePhase.Simulating, percent, "P", "01/01/2017", TimeSpan.Zero);
        static EngineProgress In(EnginePhase phase) => new(phase, null, null, null, TimeSpan.Zero);
    }

    private static bool IsSecond(EngineRequest part) => part.OutputDirectory.Contains("/2/", StringComparison.Ordinal);

    private static PartPlan PlanOf(int parts, int atOnce) => PartPlan.Of(
        [.. Enumerable.Range(1, parts).Select(part => new RunPart($"P{part}", Encoding.UTF8.GetBytes("Version,25.2;")))], atOnce);

    private static async Task Stopped(CancellationToken stop, CancellationToken token)
    {
        var stopped = new TaskCompletionSource();
        await using var either = stop.Register(() => stopped.TrySetResult());
        await stopped.Task.WaitAsync(token);
    }

    private sealed class Told(List<EngineProgress> told) : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value) => told.Add(value);
    }
}
