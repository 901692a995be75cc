using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using TestBed;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>The process that waits for the next run.</summary>
public sealed partial class ForkedAheadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Process_that_waits_becomes_the_next_run_and_writes_the_same_bytes()
    {
        using var real = new RealRun(Request("one-zone"));
        await using var plain = new EnergyPlusRunner(RealRun.Installation);
        await using var warm = Runner();
        var (_, expected) = await real.RunAsync(plain);
        var waiting = await WarmUpAsync(warm);
        var during = new List<int>();

        var (run, files) = await real.RunAsync(warm, new Listener(() => during.AddRange(Processes())));

        Assert.Equal((RunOutcome.Completed, true), (run.Outcome, run.Warm));
        Assert.Equal([], expected.Keys.Where(name => expected[name] != files.GetValueOrDefault(name)));
        Assert.Contains(waiting, during);
        Assert.True(during.Distinct().Count() <= 2, "the host and one process, for they had been ready");
        Assert.False(FakeRun.Lives(waiting));
    }

    [Fact]
    public async Task Host_has_settled_when_it_has_loaded_EnergyPlus_and_one_waits()
    {
        await using var runner = Runner();
        Assert.True(runner.SettleAsync(RealRun.Token).IsCompleted, "there is none yet");
        runner.WarmUp();
        await runner.SettleAsync(RealRun.Token);

        Assert.Equal(2, Processes().Count);
        Assert.InRange(Megabytes(Processes().MaxBy(StartOf), "Private_Dirty"), 90, 200); // it has its memory already
    }

    [Fact]
    public async Task Host_that_does_not_go_on_is_waited_for_until_it_is_stopped_or_ends()
    {
        const int Stop = 19, Kill = 9;
        await using var runner = Runner();
        runner.WarmUp();
        while (Processes().Count == 0) await Task.Delay(1, RealRun.Token);
        var host = Processes().Single();
        Assert.Equal(0, SendSignal(host, Stop));
        using var patience = new CancellationTokenSource();
        var (impatient, patient) = (runner.SettleAsync(patience.Token), runner.SettleAsync(RealRun.Token));
        await patience.CancelAsync();
        await impatient;
        Assert.False(patient.IsCompleted);
        Assert.Equal(0, SendSignal(host, Kill));
        await patient;
    }

    [Fact]
    public async Task One_that_is_killed_while_it_waits_costs_no_run()
    {
        using var real = new RealRun(Request("one-zone"));
        await using var runner = Runner();
        Process.GetProcessById(await WarmUpAsync(runner)).Kill();

        var (run, _) = await real.RunAsync(runner);

        Assert.Equal(RunOutcome.Completed, run.Outcome);
    }

    [Fact]
    public async Task One_that_is_killed_while_it_waits_is_followed_by_another_when_it_is_wanted()
    {
        await using var runner = Runner();
        var first = await WarmUpAsync(runner);
        Process.GetProcessById(first).Kill();
        while (FakeRun.Lives(first)) await Task.Delay(5, RealRun.Token);

        Assert.NotEqual(first, await WarmUpAsync(runner));
    }

    [Fact]
    public async Task Run_that_is_stopped_before_its_process_is_ready_leaves_none()
    {
        var runner = Runner();
        runner.WarmUp();
        using var stop = new CancellationTokenSource();

        var running = runner.RunAsync(
            Request("one-zone") with { OutputDirectory = _folder["output"] }, progress: null, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await runner.DisposeAsync();

        Assert.Empty(Processes());
    }

    [Fact]
    public async Task One_that_waits_ends_with_a_host_that_rests_and_comes_again_when_it_is_wanted()
    {
        await using var runner = Runner();
        var first = await WarmUpAsync(runner);

        runner.CoolDown();
        while (Processes().Count > 0) await Task.Delay(5, RealRun.Token);
        var second = await WarmUpAsync(runner);

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Part_of_a_run_has_a_process_with_bounds_of_its_own()
    {
        using var real = new RealRun(Request("one-zone") with { Shares = 2 });
        await using var runner = Runner();
        var waiting = await WarmUpAsync(runner);
        var during = new List<int>();

        var (run, _) = await real.RunAsync(runner, new Listener(() => during.AddRange(Processes())));

        Assert.Equal((RunOutcome.Completed, true), (run.Outcome, run.Warm));
        Assert.NotEmpty(during);
        Assert.DoesNotContain(waiting, during);
    }

    [Fact] // the runtime of the host hears the signals of what was forked from it, until that says otherwise
    public async Task Host_lives_on_when_a_process_is_ended_as_soon_as_it_is_forked()
    {
        using var real = new RealRun(Request("one-zone") with { Shares = 2 });
        await using var runner = Runner();
        await WarmUpAsync(runner);
        for (var round = 0; round < 12; round++)
        {
            Assert.True((await real.RunAsync(runner)).Run.Warm, $"round {round}");
            runner.WarmUp();
        }
    }

    [Fact]
    public async Task None_is_forked_while_a_run_is_under_way()
    {
        using var real = new RealRun(Request("one-zone"));
        await using var runner = Runner();
        await WarmUpAsync(runner);
        var most = 0;

        await real.RunAsync(runner, new Listener(() =>
        {
            runner.WarmUp();
            most = Math.Max(most, Processes().Count);
        }));

        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Host_holds_no_pages_of_zeros_and_what_waits_has_its_memory()
    {
        await using var runner = Runner();
        var waiting = await WarmUpAsync(runner);
        var host = Assert.Single(Processes(), process => process != waiting);

        while (Megabytes(waiting, "Private_Dirty") < 100) await Task.Delay(5, RealRun.Token); // of the 114 of 25.2's tables

        Assert.InRange(Megabytes(host, "Private_Dirty") + Megabytes(host, "Shared_Dirty"), 20, 120); // 165 MB with them
    }

    public void Dispose() => _folder.Dispose();

    private EnergyPlusRunner Runner()
    {
        var engine = _folder["engine"];
        if (!File.Exists(engine)) File.CreateSymbolicLink(engine, FakeRun.EngineHost);
        return new(RealRun.Installation, RealRun.WithHosts with { EngineHostPath = engine });
    }

    /// <returns>The process that waits then.</returns>
    private async Task<int> WarmUpAsync(EnergyPlusRunner runner)
    {
        runner.WarmUp();
        while (Processes().Count < 2)
        {
            await Task.Delay(5, RealRun.Token);
            runner.WarmUp();
        }
        return Processes().MaxBy(StartOf);
    }

    /// <summary>The host and what was forked from it.</summary>
    private List<int> Processes()
    {
        var name = Encoding.UTF8.GetBytes(_folder["engine"]);
        var found = new List<int>();
        foreach (var entry in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                if (File.ReadAllBytes(entry + "/cmdline").AsSpan().StartsWith(name)) found.Add(id);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { continue; } // it has ended, or is another's
        }
        return found;
    }

    /// <summary>In ticks since the machine started: a host loads EnergyPlus for many before it forks.</summary>
    private static long StartOf(int process)
    {
        const int AfterName = 19; // proc_pid_stat(5): starttime
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[AfterName], CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);

    private static double Megabytes(int process, string what) => File.ReadLines($"/proc/{process}/smaps_rollup")
        .Where(line => line.StartsWith(what + ":", StringComparison.Ordinal))
        .Sum(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) / 1024.0;

    private static EngineRequest Request(string model) => new()
    {
        ModelPath = RealParts.Model(model), WeatherPath = RealParts.Weather("Golden"), OutputDirectory = "set by RealRun",
    };

    private sealed class Listener(Action tell) : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value) => tell();
    }
}
