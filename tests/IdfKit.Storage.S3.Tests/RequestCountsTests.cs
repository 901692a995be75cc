using FaultProxies;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>What is counted is what a proxy before the server sees.</summary>
public sealed class RequestCountsTests(RgwServer rgw) : IAsyncLifetime
{
    private readonly ProxiedBucket _bucket = new(rgw);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bucket.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_request_is_counted_as_the_server_sees_it()
    {
        await using var fs = await _bucket.OpenPatientlyAsync(options => options with { PartSizeBytes = 5 << 20 });
        _bucket.Proxy.Clear();
        var counts = RequestCounts.Begin();

        await fs.WriteTextAsync("a/one", "some text");
        await fs.WriteBytesAsync("a/large", new byte[11 << 20]);
        await fs.CopyAsync("a/one", "a/two");
        await fs.ReadBytesAsync("a/large");
        Assert.False(await fs.ExistsAsync("a/absent"));
        await fs.ListAsync("a").ToListAsync(TestContext.Current.CancellationToken);
        await fs.RemoveAsync("a/one");
        await fs.RemoveFolderAsync("a");

        Assert.Equal(Seen(_bucket.Proxy.Calls), (counts.Puts, counts.Gets, counts.Lists, counts.Deletes));
        Assert.True(counts is { Puts: >= 6, Gets: >= 2, Lists: >= 1, Deletes: >= 2 }, "each kind has occurred");
        Assert.Equal((9 + (11L << 20), 11L << 20), (counts.BytesOut, counts.BytesIn));
    }

    [Fact]
    public async Task Request_that_is_sent_again_counts_again()
    {
        await using var fs = await _bucket.OpenPatientlyAsync();
        await fs.WriteTextAsync("f", "some text");
        _bucket.Proxy.Clear();
        _bucket.Proxy.Fail(static call => call.Method == "GET", new Fault.Answer(503, "SlowDown"));
        var counts = RequestCounts.Begin();

        Assert.Equal("some text", await fs.ReadTextAsync("f"));

        Assert.Equal(Seen(_bucket.Proxy.Calls), (counts.Puts, counts.Gets, counts.Lists, counts.Deletes));
        Assert.Equal(2, counts.Gets);
    }

    [Fact]
    public async Task Works_side_by_side_are_counted_apart()
    {
        await using var fs = await _bucket.OpenPatientlyAsync();

        var counts = await Task.WhenAll(Enumerable.Range(1, 5).Select(WriteAsync));

        Assert.Equal([1, 2, 3, 4, 5], counts.Select(count => count.Puts));

        async Task<RequestCounts> WriteAsync(int times)
        {
            var begun = RequestCounts.Begin();
            for (var time = 0; time < times; time++) await fs.WriteTextAsync($"{times}-{time}", "text");
            return begun;
        }
    }

    [Fact]
    public async Task Caller_is_not_counted_by_what_it_calls()
    {
        await using var fs = await _bucket.OpenPatientlyAsync();

        var counts = await BeginAsync();
        await fs.WriteTextAsync("f", "text");

        Assert.Equal(0, counts.Puts);

        static async Task<RequestCounts> BeginAsync()
        {
            await Task.Yield();
            return RequestCounts.Begin();
        }
    }

    private static (long Puts, long Gets, long Lists, long Deletes) Seen(IReadOnlyList<ProxiedCall> calls)
    {
        var kinds = calls.Where(call => call.IsAnswered).CountBy(call => call.Kind).ToDictionary();
        return (Of("puts"), Of("gets"), Of("lists"), Of("deletes"));

        long Of(string kind) => kinds.GetValueOrDefault(kind);
    }
}
