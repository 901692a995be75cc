using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>
/// A request that creates something and that nobody waits for any more: whoever waited is answered at once, and what was
/// created is undone when its answer arrives.
/// </summary>
public sealed class CreationTests(RgwServer rgw) : HeldAnswerTests(rgw)
{
    private const int Part = TestBucket.PartBytes;

    [Fact, Rule("X2", "W4")]
    public async Task Upload_by_parts_that_is_cancelled_during_its_first_answer_is_aborted_when_that_arrives()
    {
        await using var fs = await Proxied.OpenAsync();
        using var source = new CancellationTokenSource();
        var begun = Proxy.HoldAnswer(call => call.Has("uploads"), Release.Task);
        var writing = fs.WriteBytesAsync("f", new byte[2 * Part], source.Token);
        await begun.WaitAsync(Long);
        await source.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(AtOnce));
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Single(await Proxied.Bucket.UnfinishedUploadsAsync());
        Release.SetResult();
        await EventuallyAsync(async () => (await Proxied.Bucket.UnfinishedUploadsAsync()).Count == 0);
        Assert.False(await fs.ExistsAsync("f"));
    }

    [Fact, Rule("F3", "W4")]
    public async Task Upload_by_parts_whose_first_answer_is_late_is_aborted_when_that_arrives()
    {
        await using var fs = await Proxied.OpenAsync(options => options with { OperationTimeout = TimeSpan.FromSeconds(2) });
        var begun = Proxy.HoldAnswer(call => call.Has("uploads"), Release.Task);
        var writing = fs.WriteBytesAsync("f", new byte[2 * Part]);
        await begun.WaitAsync(Long);
        var error = await Assert.ThrowsAsync<StorageException>(() => writing.WaitAsync(Long));
        Assert.Equal((StorageErrorKind.Unavailable, true), (error.Kind, error.IsTransient));
        Assert.Single(await Proxied.Bucket.UnfinishedUploadsAsync());
        Release.SetResult();
        await EventuallyAsync(async () => (await Proxied.Bucket.UnfinishedUploadsAsync()).Count == 0);
    }

    [Theory, Rule("F4", "W4")]
    [InlineData("uploads")]
    [InlineData("partNumber")]
    public async Task Upload_by_parts_ends_at_once_with_the_file_system_and_is_aborted(string query)
    {
        var fs = await Proxied.OpenAsync();
        var begun = Proxy.HoldAnswer(call => call.Has(query), Release.Task);
        var writing = fs.WriteBytesAsync("f", new byte[2 * Part]);
        await begun.WaitAsync(Long);
        var disposing = fs.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => writing.WaitAsync(AtOnce));
        Release.SetResult();
        await disposing.WaitAsync(AtOnce);
        Assert.Empty(await Proxied.Bucket.UnfinishedUploadsAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => fs.ExistsAsync("f"));
    }

    [Theory, Rule("X1", "W4", "I1")]
    [InlineData(100)]
    [InlineData((2 * Part) + 1)]
    public async Task New_file_whose_write_is_cancelled_during_its_answer_is_removed_when_that_arrives(int bytes)
    {
        await using var fs = await Proxied.OpenAsync();
        using var source = new CancellationTokenSource();
        var content = new OneWay(new byte[bytes]); // a stream that cannot be sought goes by parts where it is long
        var stored = Proxy.HoldAnswer(
            call => bytes < Part ? call.Method == "PUT" : call.Method == "POST" && call.Has("uploadId"), Release.Task);
        var writing = fs.WriteAsync("f", content, new WriteOptions { IfAbsent = true }, source.Token);
        await stored.WaitAsync(Long);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(TimeSpan.FromSeconds(8)));
        content.Dispose();
        await using var direct = await Proxied.OpenDirectlyAsync();
        Assert.True(await direct.ExistsAsync("f"));
        Release.SetResult();
        await EventuallyAsync(async () => !await direct.ExistsAsync("f"));
    }

    [Fact, Rule("I6")]
    public async Task New_file_that_was_found_stored_after_a_late_answer_stays()
    {
        await using var fs = await Proxied.OpenAsync(options => options with { OperationTimeout = TimeSpan.FromSeconds(2) });
        var stored = Proxy.HoldAnswer(call => call.Method == "PUT", Release.Task);
        var writing = fs.WriteAsync("f", new MemoryStream([1, 2]), new WriteOptions { IfAbsent = true });
        await stored.WaitAsync(Long);
        Assert.Equal(2, (await writing.WaitAsync(Long)).SizeBytes);
        Release.SetResult();
        await fs.DisposeAsync();
        await using var direct = await Proxied.OpenDirectlyAsync();
        Assert.Equal([1, 2], await direct.ReadBytesAsync("f"));
    }

    [Fact, Rule("W4")]
    public async Task New_file_that_another_wrote_meanwhile_is_not_removed()
    {
        await using var fs = await Proxied.OpenAsync();
        await using var direct = await Proxied.OpenDirectlyAsync();
        using var source = new CancellationTokenSource();
        var stored = Proxy.HoldAnswer(call => call.Method == "PUT", Release.Task);
        var writing = fs.WriteAsync("f", new MemoryStream([1]), new WriteOptions { IfAbsent = true }, source.Token);
        await stored.WaitAsync(Long);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(AtOnce));
        await direct.WriteBytesAsync("f", new byte[] { 2 });
        Release.SetResult();
        await fs.DisposeAsync();
        Assert.Equal([2], await direct.ReadBytesAsync("f"));
    }

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if (await holds()) return;
            await Task.Delay(100);
        }
        Assert.Fail("It did not happen in a minute.");
    }

    /// <summary>Cannot be sought.</summary>
    private sealed class OneWay(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
