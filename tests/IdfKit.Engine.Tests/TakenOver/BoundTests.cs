using IdfKit.Engine.Tests.Processes;

namespace IdfKit.Engine.Tests.TakenOver;

/// <summary>
/// How much a run may use: attacks 17 and 18. Where processes are concerned without confinement, which lets EnergyPlus start none.
/// </summary>
public sealed class BoundTests
{
    private const long Megabyte = 1 << 20;

    private static readonly EngineOptions Unconfined = new() { EngineHostPath = FakeRun.EngineHost };

    [Theory, InlineData(true), InlineData(false)]
    public async Task Run_of_too_many_processes_is_ended_and_says_so(bool warm)
    {
        using var hostile = new HostileRun();

        var run = await hostile.RunAsync(warm, Unconfined, "forks 200 10");

        Assert.Equal((RunOutcome.Crashed, new ExceededBound(BoundKind.Processes, 64)), (run.Outcome, run.Exceeded));
        Assert.InRange(run.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Run_whose_processes_hold_too_much_together_is_ended_and_says_so(bool warm)
    {
        using var hostile = new HostileRun();

        // Each of them stays far below the bound.
        var run = await hostile.RunAsync(warm, Unconfined with { MaxMemoryBytes = 600 * Megabyte }, "memory 6 150 10");

        Assert.Equal((RunOutcome.Crashed, new ExceededBound(BoundKind.Memory, 600 * Megabyte)), (run.Outcome, run.Exceeded));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Part_of_a_run_is_held_to_its_share_of_memory_and_processes(bool warm)
    {
        using var hostile = new HostileRun { Shares = 2 };

        var memory = await hostile.RunAsync(warm, Unconfined with { MaxMemoryBytes = 800 * Megabyte }, "memory 4 120 10");
        var forks = await hostile.RunAsync(warm, Unconfined, "forks 45 10");

        Assert.Equal(new ExceededBound(BoundKind.Memory, 400 * Megabyte), memory.Exceeded);
        Assert.Equal(new ExceededBound(BoundKind.Processes, 32), forks.Exceeded);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Run_whose_processes_share_their_memory_goes_on(bool warm)
    {
        using var hostile = new HostileRun();

        var run = await hostile.RunAsync(warm, Unconfined with { MaxMemoryBytes = 1000 * Megabyte, MaxProcesses = 41 }, "forks 40 1");

        Assert.Equal((RunOutcome.Completed, null), (run.Outcome, run.Exceeded));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task File_that_is_too_large_ends_the_run(bool warm)
    {
        using var hostile = new HostileRun();

        var run = await hostile.RunAsync(warm, HostileRun.Confined with { MaxWrittenBytes = 20 * Megabyte }, "fill eplusout.eso 30");

        Assert.Equal((RunOutcome.Crashed, new ExceededBound(BoundKind.WrittenBytes, 20 * Megabyte)), (run.Outcome, run.Exceeded));
        Assert.Equal(20 * Megabyte, new FileInfo(Path.Combine(hostile.Output, "eplusout.eso")).Length);
    }

    [Fact]
    public async Task File_longer_than_the_disk_has_room_for_ends_the_run_without_a_setting()
    {
        using var hostile = new HostileRun();

        var run = await hostile.RunAsync(warm: true, HostileRun.Confined, "long-hole eplusout.eso 8000");

        Assert.Equal((RunOutcome.Crashed, BoundKind.WrittenBytes), (run.Outcome, run.Exceeded?.Kind));
    }

    [Fact]
    public async Task Files_that_are_too_large_together_end_the_run()
    {
        using var hostile = new HostileRun();
        string[] attacks = [.. Enumerable.Range(0, 6).Select(i => $"fill x{i}.csv 5"), "hang 10"];

        var run = await hostile.RunAsync(warm: true, HostileRun.Confined with { MaxWrittenBytes = 20 * Megabyte }, attacks);

        Assert.Equal((RunOutcome.Crashed, new ExceededBound(BoundKind.WrittenBytes, 20 * Megabyte)), (run.Outcome, run.Exceeded));
        Assert.InRange(run.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task Files_that_are_too_many_end_the_run()
    {
        using var hostile = new HostileRun();

        var run = await hostile.RunAsync(warm: true, HostileRun.Confined, "many 50100", "hang 10");

        Assert.Equal((RunOutcome.Crashed, new ExceededBound(BoundKind.Files, 50_000)), (run.Outcome, run.Exceeded));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Files_cannot_be_opened_without_end(bool warm)
    {
        using var hostile = new HostileRun();

        await hostile.RunAsync(warm, HostileRun.Confined, "descriptors 1100");

        Assert.Empty(hostile.Reached);
    }
}
