using System.Globalization;

using IdfKit.Engine.Children.Linux;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>Cancellation, deadlines, and what must not be left behind.</summary>
public sealed class StoppingTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Cancel_ends_the_child_and_its_grandchildren_and_keeps_files_and_token(bool throughEngine)
    {
        using var fake = new FakeRun("ignore-signals", "start", "start nohup", "write started.txt", "hang");
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = fake.RunAsync(throughEngine, cancellationToken: source.Token);
        await fake.WaitForAsync("started.txt");

        await source.CancelAsync();

        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(source.Token, canceled.CancellationToken);
        Assert.Equal([], fake.LivingChildren());
        Assert.True(File.Exists(fake["started.txt"]));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Run_past_its_timeout_is_stopped_and_keeps_its_files(bool throughEngine)
    {
        using var fake = new FakeRun("ignore-signals", "start", "write started.txt", "hang");
        fake.Request = fake.Request with { Timeout = TimeSpan.FromSeconds(8) };

        var run = await fake.RunAsync(throughEngine, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((RunOutcome.TimedOut, 9), (run.Outcome, run.Signal));
        Assert.True(File.Exists(fake["started.txt"]));
        Assert.Equal([], fake.LivingChildren());
    }

    [Fact]
    public async Task Run_that_ends_when_it_is_asked_to_is_not_killed()
    {
        using var fake = new FakeRun("write started.txt", "hang");
        fake.Request = fake.Request with { Timeout = TimeSpan.FromSeconds(1.5) };

        var run = await fake.RunAsync(options: new() { KillGrace = TimeSpan.FromSeconds(30) },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(RunOutcome.TimedOut, run.Outcome);
        Assert.NotEqual(9, run.Signal);
    }

    [Theory, InlineData("", false), InlineData("nohup", true)]
    public async Task Grandchildren_do_not_outlive_a_run_that_ends_by_itself(string command, bool throughEngine)
    {
        using var fake = new FakeRun("start " + command, "end completed");

        var run = await fake.RunAsync(throughEngine, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(RunOutcome.Completed, run.Outcome);
        Assert.Equal([], fake.LivingChildren());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Run_leaves_no_zombie(bool throughEngine)
    {
        using var fake = new FakeRun("report report.txt", "start", "end completed");

        await fake.RunAsync(throughEngine, cancellationToken: TestContext.Current.CancellationToken);

        var id = int.Parse(fake.Report("id").Single(), CultureInfo.InvariantCulture);
        Assert.DoesNotContain(ProcessTable.Read(), entry => entry.Id == id || entry.Session == id && entry.Parent == Environment.ProcessId);
    }

    [Fact]
    public async Task Dispose_ends_what_runs()
    {
        using var fake = new FakeRun("start", "write started.txt", "hang");
        var runner = new EnergyPlusRunner(fake.Installation, new() { KillGrace = TimeSpan.Zero });
        var run = runner.RunAsync(fake.Request, cancellationToken: TestContext.Current.CancellationToken);
        await fake.WaitForAsync("started.txt");

        await runner.DisposeAsync();

        Assert.Equal([], fake.LivingChildren());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => run);
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => runner.RunAsync(fake.Request, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Progress_handler_that_throws_ends_the_run_with_its_own_exception()
    {
        using var fake = new FakeRun("print Warming up", "hang");

        var run = fake.RunAsync(progress: new Throwing(), cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => run);
    }

    private sealed class Throwing : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value) => throw new TimeZoneNotFoundException();
    }
}
