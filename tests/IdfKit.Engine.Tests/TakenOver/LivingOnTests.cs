using System.Diagnostics;
using System.Globalization;

using IdfKit.Engine.Children.Linux;
using IdfKit.Engine.Tests.Processes;

namespace IdfKit.Engine.Tests.TakenOver;

/// <summary>
/// What a run leaves behind is ended before the run is said to have ended: attack 10. Without confinement, where EnergyPlus may start
/// other processes at all.
/// </summary>
public sealed class LivingOnTests
{
    private static readonly EngineOptions Unconfined = new() { EngineHostPath = FakeRun.EngineHost };

    [Theory]
    [InlineData("daemons 12", true), InlineData("daemons 12", false), InlineData("chain", true), InlineData("chain", false)]
    [InlineData("traced 3", true), InlineData("traced 3", false)]
    public async Task Nothing_lives_on_after_the_run(string attack, bool warm)
    {
        using var hostile = new HostileRun();

        var run = await hostile.RunAsync(warm, Unconfined, attack);

        var before = Written(hostile);
        Assert.NotEqual(0, before); // they did live
        await Task.Delay(300, HostileRun.Token);
        Assert.Equal(before, Written(hostile));
        Assert.Equal(RunOutcome.Completed, run.Outcome);
        // Not as zombies, either.
        Assert.DoesNotContain(ProcessTable.Read(), entry => File.Exists(Path.Combine(hostile.Output, "alive", $"{entry.Id}")));
    }

    [Fact]
    public async Task Run_that_ends_does_no_harm_to_one_that_goes_on()
    {
        using var short_ = new HostileRun();
        using var long_ = new HostileRun();
        var goesOn = long_.RunAsync(warm: true, Unconfined, "forks 3 2");

        for (var i = 0; i < 3; i++)
        {
            await short_.RunAsync(warm: false, Unconfined, "daemons 3");
            Directory.Delete(short_.Output, recursive: true);
        }

        var run = await goesOn;
        Assert.Equal((RunOutcome.Completed, 0, null), (run.Outcome, run.ExitCode, run.Exceeded));
        Assert.Contains("forks", long_.Reached);
    }

    [Fact]
    public async Task Children_of_others_in_this_process_are_left_alone_even_when_they_are_orphaned()
    {
        using var hostile = new HostileRun();
        using var folder = new TestBed.TemporaryFolder();
        var run = hostile.RunAsync(warm: true, Unconfined, "daemons 3", "hang 1");
        await Task.Delay(200, HostileRun.Token);

        // Leaves its session and its parent, as servers do, and so becomes a child of this process.
        using var starter = Process.Start("sh", ["-c", $"setsid sh -c 'echo $$ > {folder["id"]}; exec sleep 20' & exit 7"]);
        await starter.WaitForExitAsync(HostileRun.Token);
        await run;

        Assert.Equal(7, starter.ExitCode);
        while (!File.Exists(folder["id"]) || new FileInfo(folder["id"]).Length == 0) await Task.Delay(10, HostileRun.Token);
        var id = int.Parse(await File.ReadAllTextAsync(folder["id"], HostileRun.Token), CultureInfo.InvariantCulture);
        Assert.True(FakeRun.Lives(id));
        using var server = Process.GetProcessById(id);
        server.Kill();
    }

    private static long Written(HostileRun hostile) =>
        new DirectoryInfo(Path.Combine(hostile.Output, "alive")).EnumerateFiles().Sum(file => file.Length);
}
