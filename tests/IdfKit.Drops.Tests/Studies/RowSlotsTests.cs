namespace IdfKit.Drops.Tests.Studies;

public sealed class RowSlotsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_at_once_are_as_many_as_there_are_places_and_one_alone_is_alone()
    {
        const int Places = 3;
        using var slots = new RowSlots(Places);
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int running = 0, most = 0;
        var rows = Enumerable.Range(0, 60).Select(_ => (Alone: random.Next(5) == 0, Ms: random.Next(4))).ToList();
        await Task.WhenAll(rows.Select(async row =>
        {
            using var slot = await slots.TakeAsync(row.Alone, Token);
            var now = Interlocked.Increment(ref running);
            if (row.Alone) Assert.Equal(1, now);
            lock (rows) most = Math.Max(most, now);
            await Task.Delay(row.Ms, Token);
            if (row.Alone) Assert.Equal(1, Volatile.Read(ref running));
            Interlocked.Decrement(ref running);
        }));
        Assert.InRange(most, 1, Places);

        // All places at once, which the rows above need not have been.
        var all = new List<IDisposable>();
        for (var place = 0; place < Places; place++) all.Add(await slots.TakeAsync(alone: false, Token));
        most = Math.Max(most, all.Count);
        var another = slots.TakeAsync(alone: false, Token);
        Assert.False(another.IsCompleted);
        foreach (var slot in all) slot.Dispose();
        (await another).Dispose();
        Assert.Equal(Places, most);
    }

    [Fact]
    public async Task Wait_that_is_given_up_keeps_no_place()
    {
        using var slots = new RowSlots(2);
        using (await slots.TakeAsync(alone: false, Token))
        {
            using var stop = new CancellationTokenSource();
            var waiting = slots.TakeAsync(alone: true, stop.Token); // has one of the two
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }
        using var all = await slots.TakeAsync(alone: true, Token);
        var another = slots.TakeAsync(alone: false, Token);
        Assert.False(another.IsCompleted);
        all.Dispose();
        (await another).Dispose();
    }

    [Fact]
    public void There_is_at_least_one() => Assert.Throws<ArgumentOutOfRangeException>(() => new RowSlots(0));
}
