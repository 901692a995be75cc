using TestBed;

using IdfKit.Engine.Children;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>
/// <see cref="EngineOptions.MaxMemoryBytes"/> bounds EnergyPlus and not the runtime that starts it, which reserves many
/// times as much when it is compiled just in time, as it is for these tests, and next to nothing ahead of time.
/// </summary>
public sealed class MemoryBoundTests
{
    private const long Megabyte = 1 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>idfkit-engine as built here, and as published beside the function where that was done.</summary>
    public static TheoryData<string, long> HostsAndBounds()
    {
        var data = new TheoryData<string, long>();
        string?[] hosts = [FakeRun.EngineHost, Published];
        foreach (var host in hosts.OfType<string>())
            foreach (var bound in new[] { 16 * Megabyte, 64 * Megabyte, 500 * Megabyte, 3008 * Megabyte, 10_240 * Megabyte })
                data.Add(host, bound);
        return data;
    }

    [Theory, MemberData(nameof(HostsAndBounds))]
    public async Task Program_runs_under_every_bound_and_has_it(string host, long bound)
    {
        using var fake = Script("ulimit -v > \"$out/bound.txt\"; echo \"EnergyPlus Completed Successfully-- 0 "
            + "Warning; 0 Severe Errors\" > \"$out/eplusout.end\"");

        var run = await RunAsync(fake, host, bound);

        Assert.Equal((RunOutcome.Completed, 0), (run.Outcome, run.ExitCode));
        Assert.Equal($"{bound / 1024}\n", await File.ReadAllTextAsync(fake["bound.txt"], Token));
    }

    [Theory, MemberData(nameof(HostsAndBounds))]
    public async Task Program_that_is_none_is_told_under_every_bound(string host, long bound)
    {
        using var fake = new FakeRun();
        await File.WriteAllTextAsync(fake.Installation.ExecutablePath, "\x7fELF, and then nothing", Token);

        var broken = await Assert.ThrowsAsync<EnergyPlusException>(() => RunAsync(fake, host, bound));

        Assert.Equal(EnergyPlusErrorKind.Broken, broken.Kind);
        Assert.Contains(
            $"idfkit-engine: starting {fake.Installation.ExecutablePath} failed: Exec format error. "
                + "It is no program for this machine", broken.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task Real_one_runs_within_its_bound(int warmHosts)
    {
        using var run = new RealRun(OneZone);
        foreach (var host in new[] { FakeRun.EngineHost, Published }.OfType<string>())
        {
            await using var runner = new EnergyPlusRunner(RealRun.Installation,
                new() { EngineHostPath = host, WarmHosts = warmHosts, MaxMemoryBytes = 1500 * Megabyte });
            runner.WarmUp();

            var (ended, _) = await run.RunAsync(runner);

            Assert.Equal((RunOutcome.Completed, warmHosts == 1), (ended.Outcome, ended.Warm));
        }
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task Real_one_that_shares_its_bound_with_others_has_its_part_of_it(int warmHosts)
    {
        var (whole, part) = (new RealRun(OneZone), new RealRun(OneZone with { Shares = 4 }));
        using var disposed = whole;
        using var disposedToo = part;
        await using var runner = new EnergyPlusRunner(RealRun.Installation,
            new() { EngineHostPath = FakeRun.EngineHost, WarmHosts = warmHosts, MaxMemoryBytes = 700 * Megabyte });
        runner.WarmUp();

        var ofAll = (await whole.RunAsync(runner)).Run;
        var ofPart = (await part.RunAsync(runner)).Run;

        Assert.Equal((RunOutcome.Completed, false), (ofAll.Outcome, ofAll.WasRefusedMemory));
        Assert.Equal((RunOutcome.Crashed, warmHosts == 1), (ofPart.Outcome, ofPart.Warm));
    }

    [Theory, InlineData(4), InlineData(40), InlineData(200)] // too little for the loader, for its libraries, for EnergyPlus's start
    public async Task Bound_that_is_too_small_is_a_lack_of_memory_and_no_broken_installation(int megabytes)
    {
        using var run = new RealRun(OneZone);
        await using var runner = new EnergyPlusRunner(
            RealRun.Installation, new() { EngineHostPath = FakeRun.EngineHost, MaxMemoryBytes = megabytes * Megabyte });

        var (ended, _) = await run.RunAsync(runner);

        Assert.Equal(RunOutcome.Crashed, ended.Outcome);
        Assert.True(ended.WasRefusedMemory || ended.Signal is 9 or 11, $"exit {ended.ExitCode}, signal {ended.Signal}: {ended.OutputTail}");
    }

    private static string? Published =>
        Environment.GetEnvironmentVariable("IDFKIT_TEST_BOOTSTRAP") is { Length: > 0 } bootstrap
        && Path.Combine(Path.GetDirectoryName(bootstrap)!, "idfkit-engine") is var host && File.Exists(host) ? host : null;

    private static EngineRequest OneZone => new()
    {
        ModelPath = Repository.PathOf("examples", "one-zone.idf"),
        WeatherPath = Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"),
        OutputDirectory = "set by RealRun",
    };

    private static FakeRun Script(string script)
    {
        var fake = new FakeRun();
        fake.ReplaceProgram("out=.; while [ $# -gt 1 ]; do case $1 in -d) out=$2; shift 2 ;; *) shift ;; esac; done\n" + script);
        return fake;
    }

    private static async Task<EngineRun> RunAsync(FakeRun fake, string host, long bound)
    {
        await using var runner = new EnergyPlusRunner(fake.Installation, new() { EngineHostPath = host, MaxMemoryBytes = bound });
        return await runner.RunAsync(fake.Request, cancellationToken: Token);
    }
}
