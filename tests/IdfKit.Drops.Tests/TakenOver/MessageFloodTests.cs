namespace IdfKit.Drops.Tests.TakenOver;

/// <summary>More messages than a record has room for: attack 16.</summary>
public sealed class MessageFloodTests
{
    [Fact]
    public async Task Record_of_two_hundred_thousand_severe_errors_stays_small_and_counts_them()
    {
        const int MostBytes = 64 * 1024;
        await using var bed = new HostileBed(confine: false);

        var record = await bed.RunAsync("m", "severe 200000");

        Assert.InRange((await bed.Pipeline.Files.StatAsync("outputs/m/run.json")).SizeBytes, 1, MostBytes);
        Assert.Equal(200_000, record.Diagnostics!.Severe);
        Assert.Contains("199,990 severe errors", record.LeftOut, StringComparison.Ordinal);
        await bed.AssertNextRunsAsync();
    }
}
