using IdfKit.LocalCloud.Bucket;

namespace IdfKit.LocalCloud.Tests;

public sealed class WriteOrderTests : IDisposable
{
    private readonly TestBed.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Order_rises_over_servers_whose_clock_was_set_back()
    {
        var clock = new Clock(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        var order = new WriteOrder(_folder["sequencer"], clock);
        var given = new List<string> { order.Next(), order.Next() };
        clock.Now += TimeSpan.FromMinutes(10);
        given.Add(order.Next());
        clock.Now -= TimeSpan.FromDays(400);
        given.Add(order.Next());
        order = new WriteOrder(_folder["sequencer"], clock); // the one before was killed
        given.Add(order.Next());
        Assert.Equal(given.Order(StringComparer.Ordinal).Distinct(), given);
        Assert.All(given, one => Assert.Equal(18, one.Length));
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
