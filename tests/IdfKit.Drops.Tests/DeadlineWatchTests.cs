using Microsoft.Extensions.Time.Testing;
using TestBed;

namespace IdfKit.Drops.Tests;

public sealed class DeadlineWatchTests : IDisposable
{
    private readonly TemporaryFolder _outputs = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _outputs.Dispose();

    [Theory, InlineData(0, 9), InlineData(100_000_000, 4), InlineData(1_000_000_000, 1)]
    public async Task Stop_comes_earlier_the_more_there_is_to_upload(long written, int seconds)
    {
        using (var file = File.Create(_outputs["eplusout.eso"])) file.SetLength(written);
        await using var watch = new DeadlineWatch(_outputs.Path, _time.GetUtcNow().AddSeconds(10), _time);
        var stopped = new TaskCompletionSource();
        await using var _ = watch.Stop.Register(stopped.SetResult);
        for (var passed = 1; passed < seconds; passed++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.False(watch.Stop.IsCancellationRequested, $"stopped after {passed} s");
        }
        _time.Advance(TimeSpan.FromSeconds(1));
        await stopped.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Folder_that_vanishes_meanwhile_does_not_fail_the_run()
    {
        await using var watch = new DeadlineWatch(_outputs["gone"], _time.GetUtcNow().AddSeconds(3), _time);
        var stopped = new TaskCompletionSource();
        await using var _ = watch.Stop.Register(stopped.SetResult);
        _time.Advance(TimeSpan.FromSeconds(2));
        await stopped.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }
}
