namespace IdfKit.Drops.Tests.TakenOver;

/// <summary>Processes that have left the run's session and change its results while they are read: attack 10.</summary>
public sealed class DaemonTests
{
    [Fact]
    public async Task Daemon_that_swaps_a_result_for_a_link_brings_out_no_file_of_another_run()
    {
        await using var bed = new HostileBed(confine: false);

        for (var round = 0; round < 3; round++)
            await bed.RunAsync("m" + round, $"swap eplusout.eso {bed.Secret}");

        await bed.AssertNextRunsAsync();
    }
}
