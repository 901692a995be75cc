using RunBed;
using System.Globalization;
using TestBed;

using IdfKit.Engine.Children;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>The warm host against the plain program.</summary>
public sealed class EngineHostTests
{
    public static TheoryData<string, bool, bool> Models =>
        new() { { "one-zone", false, false }, { "RefBldgWarehouse", false, false }, { "RefBldgSmallOffice", true, true } };

    [Theory, MemberData(nameof(Models))]
    public async Task Warm_run_writes_the_same_bytes_as_the_program(string model, bool expandObjects, bool readVars)
    {
        using var real = new RealRun(Request(RealParts.Model(model)) with { ExpandObjects = expandObjects, ReadVars = readVars });
        await using var plain = new EnergyPlusRunner(RealRun.Installation);
        await using var warm = new EnergyPlusRunner(RealRun.Installation, RealRun.WithHosts);
        warm.WarmUp();

        var (expected, expectedFiles) = await real.RunAsync(plain);
        var (run, files) = await real.RunAsync(warm);

        Assert.Equal((RunOutcome.Completed, true, null), (run.Outcome, run.Warm, warm.HostUnavailableReason));
        Assert.Equal((RunOutcome.Completed, false), (expected.Outcome, expected.Warm));
        Assert.Equal(expectedFiles.Keys, files.Keys);
        Assert.Equal([], files.Keys.Where(name => files[name] != expectedFiles[name]));
        Assert.Equal(readVars, files.ContainsKey("eplusout.csv"));
        Assert.InRange(run.PeakMemoryBytes, 100L << 20, 4L << 30);
    }

    [Theory]
    [InlineData("Version,25.2;\n! no building at all\nBuilding,;", RunOutcome.Failed, 1, null)]
    [InlineData("", RunOutcome.Crashed, null, 11)]
    public async Task Warm_run_of_a_bad_model_ends_as_the_program_does(string content, RunOutcome outcome, int? exitCode, int? signal)
    {
        using var real = new RealRun(Request("none"));
        using var bad = new RealRun(Request(real.WriteModel(content)));
        await using var plain = new EnergyPlusRunner(RealRun.Installation);
        await using var warm = new EnergyPlusRunner(RealRun.Installation, RealRun.WithHosts);
        warm.WarmUp();

        var (expected, expectedFiles) = await bad.RunAsync(plain);
        var (run, files) = await bad.RunAsync(warm);

        Assert.Equal((outcome, exitCode, signal), (expected.Outcome, expected.ExitCode, expected.Signal));
        Assert.Equal((outcome, exitCode, signal, true), (run.Outcome, run.ExitCode, run.Signal, run.Warm));
        Assert.Equal(expectedFiles, files);
    }

    [Fact]
    public async Task Warm_run_with_arguments_that_EnergyPlus_refuses_ends_as_the_program_does()
    {
        using var real = new RealRun(Request(RealParts.Model("one-zone")) with { ExtraArguments = ["--nonsense"] });
        await using var warm = new EnergyPlusRunner(RealRun.Installation, RealRun.WithHosts);
        warm.WarmUp();

        var (run, _) = await real.RunAsync(warm);

        Assert.Equal((RunOutcome.Crashed, 109, true), (run.Outcome, run.ExitCode, run.Warm));
        Assert.Contains("--nonsense", run.OutputTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_that_was_used_is_replaced()
    {
        using var real = new RealRun(Request(RealParts.Model("one-zone")));
        await using var runner = new EnergyPlusRunner(RealRun.Installation, RealRun.WithHosts);

        var first = await real.RunAsync(runner);
        var second = await real.RunAsync(runner);

        Assert.Equal((false, true), (first.Run.Warm, second.Run.Warm)); // nobody had called WarmUp before the first
    }

    [Fact]
    public async Task Library_that_does_not_load_is_said_once_and_the_program_runs()
    {
        using var folder = new TemporaryFolder();
        var entries = Directory.GetFileSystemEntries(RealParts.EnergyPlus());
        foreach (var entry in entries.Where(entry => !entry.EndsWith("api.so", StringComparison.Ordinal)))
            File.CreateSymbolicLink(folder[Path.GetFileName(entry)], entry);
        await File.WriteAllTextAsync(folder["libenergyplusapi.so"], "not a library", RealRun.Token);
        using var real = new RealRun(Request(RealParts.Model("one-zone")));
        await using var runner = new EnergyPlusRunner(EnergyPlusInstallation.Find(folder.Path), RealRun.WithHosts);
        runner.WarmUp();

        var (run, _) = await real.RunAsync(runner);

        Assert.Equal((RunOutcome.Completed, false), (run.Outcome, run.Warm));
        Assert.Contains("libenergyplusapi.so", runner.HostUnavailableReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_of_a_host_says_whether_it_loads_the_library_and_why_not()
    {
        using var folder = new TemporaryFolder();
        var entries = Directory.GetFileSystemEntries(RealParts.EnergyPlus());
        foreach (var entry in entries.Where(entry => !entry.EndsWith("api.so", StringComparison.Ordinal)))
            File.CreateSymbolicLink(folder[Path.GetFileName(entry)], entry);
        await File.WriteAllTextAsync(folder["libenergyplusapi.so"], "not a library", RealRun.Token);

        var good = await EngineHostCheck.RunAsync(RealRun.Installation, FakeRun.EngineHost, RealRun.Token);
        var bad = await EngineHostCheck.RunAsync(EnergyPlusInstallation.Find(folder.Path), FakeRun.EngineHost, RealRun.Token);
        var none = await Assert.ThrowsAsync<EnergyPlusException>(
            () => EngineHostCheck.RunAsync(RealRun.Installation, folder["none"], RealRun.Token));

        Assert.Equal(new(true, null), good);
        Assert.False(bad.Loads);
        Assert.Contains("libenergyplusapi.so", bad.Fault, StringComparison.Ordinal);
        Assert.Equal(EnergyPlusErrorKind.NotFound, none.Kind);
    }

    [Fact]
    public async Task Host_ends_with_the_runner()
    {
        using var folder = new TemporaryFolder();
        var runner = new EnergyPlusRunner(RealRun.Installation, RealRun.WithHosts with { EngineHostPath = Noting(folder) });
        runner.WarmUp();
        while (!File.Exists(folder["ids"]) || File.ReadAllLines(folder["ids"]).Length < 1) await Task.Delay(5, RealRun.Token);

        await runner.DisposeAsync();

        Assert.All(HostsNotedIn(folder), id => Assert.False(FakeRun.Lives(id)));
    }

    [Fact]
    public async Task Runs_side_by_side_are_forked_from_one_host_and_write_the_same_bytes()
    {
        const int Runs = 6;
        using var folder = new TemporaryFolder();
        using var real = new RealRun(Request(RealParts.Model("one-zone")));
        await using var plain = new EnergyPlusRunner(RealRun.Installation);
        await using var warm = new EnergyPlusRunner(RealRun.Installation, RealRun.WithHosts with { EngineHostPath = Noting(folder) });
        var (_, expected) = await real.RunAsync(plain);
        warm.WarmUp();

        var runs = Enumerable.Range(0, Runs).Select(_ => new RealRun(Request(RealParts.Model("one-zone")))).ToList();
        var ended = await Task.WhenAll(runs.Select(run => run.RunAsync(warm)));
        foreach (var run in runs) run.Dispose();

        Assert.Single(HostsNotedIn(folder));
        Assert.All(ended, end => Assert.Equal((RunOutcome.Completed, true), (end.Run.Outcome, end.Run.Warm)));
        Assert.All(ended, end => Assert.Equal([], expected.Keys.Where(name => expected[name] != end.Files.GetValueOrDefault(name))));
    }

    [Fact]
    public async Task Run_goes_on_when_its_host_is_killed_and_the_next_gets_another_host()
    {
        using var folder = new TemporaryFolder();
        using var real = new RealRun(Request(RealParts.Model("RefBldgMediumOffice")));
        await using var runner = new EnergyPlusRunner(RealRun.Installation, RealRun.WithHosts with { EngineHostPath = Noting(folder) });
        runner.WarmUp();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var running = real.RunAsync(runner, new Listener<EngineProgress>(_ => begun.TrySetResult()));
        await begun.Task.WaitAsync(RealRun.Token);
        var first = Assert.Single(HostsNotedIn(folder));
        System.Diagnostics.Process.GetProcessById(first).Kill();
        var (run, _) = await running;
        var (next, _) = await real.RunAsync(runner);
        var (last, _) = await real.RunAsync(runner);

        Assert.Equal((RunOutcome.Completed, true), (run.Outcome, run.Warm));
        Assert.Equal(RunOutcome.Completed, next.Outcome);
        Assert.Equal((RunOutcome.Completed, true), (last.Outcome, last.Warm));
        Assert.Equal(2, HostsNotedIn(folder).Count);
    }

    [Fact]
    public async Task Host_that_rests_ends_none_of_its_runs()
    {
        using var real = new RealRun(Request(RealParts.Model("RefBldgMediumOffice")));
        await using var runner = new EnergyPlusRunner(RealRun.Installation, RealRun.WithHosts);
        runner.WarmUp();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var running = real.RunAsync(runner, new Listener<EngineProgress>(_ => begun.TrySetResult()));
        await begun.Task.WaitAsync(RealRun.Token);
        runner.CoolDown();
        var (run, _) = await running;
        var (next, _) = await real.RunAsync(runner);

        Assert.Equal((RunOutcome.Completed, true), (run.Outcome, run.Warm));
        Assert.Equal((RunOutcome.Completed, false), (next.Outcome, next.Warm));
    }

    [Fact]
    public async Task Warm_run_past_its_timeout_is_stopped()
    {
        using var real = new RealRun(
            Request(RealParts.Model("RefBldgMediumOffice")) with { Annual = true, Timeout = TimeSpan.FromSeconds(2) });
        await using var runner = new EnergyPlusRunner(RealRun.Installation, RealRun.WithHosts);
        runner.WarmUp();
        await runner.SettleAsync(TestContext.Current.CancellationToken); // the time limit counts what it waits for a host

        var (run, files) = await real.RunAsync(runner);

        Assert.Equal((RunOutcome.TimedOut, true), (run.Outcome, run.Warm));
        Assert.Contains("eplusout.err", files.Keys);
    }

    /// <summary>An engine host that writes its number down before it begins.</summary>
    private static string Noting(TemporaryFolder folder)
    {
        File.WriteAllText(
            folder["host"], $"#!/bin/sh\n[ \"$1\" = host ] && echo $$ >> '{folder["ids"]}'\nexec '{FakeRun.EngineHost}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder["host"], (UnixFileMode)0b111_101_101);
        return folder["host"];
    }

    private static List<int> HostsNotedIn(TemporaryFolder folder) =>
        [.. File.ReadAllLines(folder["ids"]).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    private static EngineRequest Request(string model) =>
        new() { ModelPath = model, WeatherPath = RealParts.Weather("Golden"), OutputDirectory = "set by RealRun" };

    private sealed class Listener<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
