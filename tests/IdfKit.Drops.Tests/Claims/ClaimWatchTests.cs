using IdfKit.Drops.Claims;

namespace IdfKit.Drops.Tests.Claims;

/// <summary>How often progress is told.</summary>
public sealed class ClaimWatchTests
{
    [Fact]
    public void Progress_is_told_less_often_the_longer_a_run_goes_on()
    {
        var (at, told) = (TimeSpan.Zero, new List<double>());
        foreach (var (wait, tells) in ClaimWatch.Looks(TimeSpan.FromSeconds(2)).Take(6))
        {
            at += wait;
            if (tells) told.Add(at.TotalSeconds);
        }
        Assert.Equal([6, 14, 22, 30, 38], told);
        Assert.Equal(38, at.TotalSeconds);
    }
}
