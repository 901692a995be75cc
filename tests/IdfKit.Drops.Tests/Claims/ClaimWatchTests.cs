using IdfKit.Drops.Claims;

namespace IdfKit.Drops.Tests.Claims;

/// <summary>How often progress is told.</summary>
public sealed class ClaimWatchTests
{
    [Fact]
    public void Progress_is_told_less_often_the_longer_a_run_goes_on()
    {
        var (at, looked, told) = (TimeSpan.Zero, new List<double>(), new List<double>());
        foreach (var (wait, tells) in ClaimWatch.Looks(new RunSettings()).Take(6))
        {
            at += wait;
            (tells ? told : looked).Add(at.TotalSeconds);
        }
        Assert.Equal([2, 6], looked);
        Assert.Equal([14, 22, 30, 38], told);
    }
}
