using FaultProxies;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>A listing that is cancelled or late, wherever it is.</summary>
public sealed class ListingStopTests(RgwServer rgw) : HeldAnswerTests(rgw)
{
    public static TheoryData<string, bool> Listings => new()
    {
        { "List", false }, { "List", true }, { "Glob", false }, { "Glob", true }, { "ListFolder", false }, { "ListFolder", true },
    };

    [Theory, MemberData(nameof(Listings)), Rule("X1")]
    public async Task Cancelled_between_two_entries_it_ends_with_that_token(string operation, bool byEnumerator)
    {
        await using var fs = await FilledAsync(3);
        using var source = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        var seen = 0;
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            var (given, added) = byEnumerator ? (other.Token, source.Token) : (source.Token, other.Token);
            await foreach (var _ in Start(fs, operation, given).WithCancellation(added))
            {
                seen++;
                await source.CancelAsync();
            }
        });
        Assert.Equal(1, seen);
        Assert.Equal(source.Token, error.CancellationToken);
    }

    [Theory, MemberData(nameof(Listings)), Rule("X1")]
    public async Task Cancelled_during_a_request_it_ends_at_once_with_that_token(string operation, bool byEnumerator)
    {
        await using var fs = await FilledAsync(3);
        using var source = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        var asked = Proxy.HoldAnswer(static _ => true, Release.Task);
        var (given, added) = byEnumerator ? (other.Token, source.Token) : (source.Token, other.Token);
        var listing = Start(fs, operation, given).GetAsyncEnumerator(added);
        var first = listing.MoveNextAsync().AsTask();
        await asked.WaitAsync(Long);
        await source.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(AtOnce));
        Assert.Equal(source.Token, error.CancellationToken);
    }

    [Theory, Rule("X1", "F3")]
    [InlineData("List")]
    [InlineData("Glob")]
    [InlineData("ListFolder")]
    public async Task Second_page_that_is_cancelled_or_late_ends_the_listing(string operation)
    {
        await using var fs = await FilledAsync(1001, options => options with { OperationTimeout = TimeSpan.FromSeconds(5) });
        Proxy.Fail(static call => call.Has("continuation-token"), new Fault.HoldAnswer(Release.Task), times: 99);
        using var source = new CancellationTokenSource();
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Start(fs, operation, source.Token))
                if (++seen == 1000) source.CancelAfter(100);
        });
        Assert.Equal(1000, seen);
        seen = 0;
        var error = await Assert.ThrowsAsync<StorageException>(async () =>
        {
            await foreach (var _ in Start(fs, operation, default)) seen++;
        });
        Assert.Equal((StorageErrorKind.Unavailable, operation, 1000), (error.Kind, error.Operation, seen));
    }

    [Fact, Rule("X1")]
    public async Task Cancelled_before_it_starts_it_asks_nothing()
    {
        await using var fs = await FilledAsync(1);
        Proxy.Clear();
        foreach (var operation in new[] { "List", "Glob", "ListFolder" })
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                async () => await Start(fs, operation, new CancellationToken(canceled: true)).ToListAsync());
        Assert.Empty(Proxy.Calls);
    }

    private static IAsyncEnumerable<object> Start(AsyncS3FileSystem fs, string operation, CancellationToken token) => operation switch
    {
        "List" => fs.ListAsync("d", token),
        "Glob" => fs.GlobAsync("d", "*", token),
        _ => fs.ListFolderAsync("d", null, token),
    };

    private async Task<AsyncS3FileSystem> FilledAsync(int files, Func<S3FileSystemOptions, S3FileSystemOptions>? change = null)
    {
        await using var direct = await Proxied.OpenDirectlyAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, files), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (number, token) => await direct.WriteBytesAsync($"d/f{number:0000}", Array.Empty<byte>(), token));
        return await Proxied.OpenAsync(change);
    }
}
