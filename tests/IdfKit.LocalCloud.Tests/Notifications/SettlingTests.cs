using IdfKit.LocalCloud.Notifications;

using Microsoft.Extensions.Time.Testing;

namespace IdfKit.LocalCloud.Tests;

/// <summary>When a file is taken to be whole.</summary>
public sealed class SettlingTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FileSnapshot _seen = new(1, DateTime.UnixEpoch);

    [Theory]
    [InlineData(false, 300)] // it is seen that nobody writes it
    [InlineData(null, 2_000)] // nobody can tell, as of a file on a network disk
    [InlineData(true, 60_000)]
    public void File_that_was_there_at_the_start_is_waited_for_as_any_other_where_its_writer_cannot_be_seen(bool? isOpen, int milliseconds)
    {
        var settling = new Settling(_time);
        settling.Begin("a", _seen);
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds - 100));
        Assert.False(settling.IsWhole("a", _seen, wasRenamed: false, () => isOpen));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(settling.IsWhole("a", _seen, wasRenamed: false, () => isOpen));
    }

    [Fact]
    public void File_that_was_there_and_grows_is_waited_for_anew()
    {
        var settling = new Settling(_time);
        settling.Begin("a", _seen);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        var grown = _seen with { Size = 2 };
        Assert.False(settling.IsWhole("a", grown, wasRenamed: false, () => null));
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(settling.IsWhole("a", grown, wasRenamed: false, () => null));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(settling.IsWhole("a", grown, wasRenamed: false, () => null));
    }
}
