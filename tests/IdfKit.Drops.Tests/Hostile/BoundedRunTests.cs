using IdfKit.Runs;

namespace IdfKit.Drops.Tests.Hostile;

/// <summary>A run that used more than it may has a record that says so: attack 18.</summary>
public sealed class BoundedRunTests
{
    [Fact]
    public async Task Record_of_a_run_that_wrote_too_much_says_so_and_what_to_do()
    {
        await using var bed = new HostileBed();

        var record = await bed.RunAsync("m", "long-hole eplusout.eso 8000");

        Assert.Equal((RunStatus.Crashed, RunReason.TooMuchOutput, 25), (record.Status, record.Reason, record.Signal));
        Assert.StartsWith("EnergyPlus was stopped because it had written ", record.Message, StringComparison.Ordinal);
        Assert.EndsWith("and drop the model again.", record.Message, StringComparison.Ordinal);
        await bed.AssertNextRunsAsync();
    }
}
