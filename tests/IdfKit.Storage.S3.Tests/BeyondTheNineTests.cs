using System.Net;
using Amazon.S3.Model;
using FaultProxies;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>What S3 does in a way of its own beyond the contract: how many requests, versions, signed addresses.</summary>
public abstract partial class BeyondTheNineTests : IAsyncLifetime
{
    private readonly TestBucket _bucket;
    private readonly Lazy<FaultProxy> _proxy;

    internal BeyondTheNineTests(TestBucket bucket, Func<Uri> server) => (_bucket, _proxy) = (bucket, new(() => new FaultProxy(server())));

    private protected TestBucket Bucket => _bucket;

    private FaultProxy Proxy => _proxy.Value;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _bucket.DisposeAsync();
        if (_proxy.IsValueCreated) await _proxy.Value.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact, Rule("B1")]
    public async Task Many_files_go_by_requests_of_a_thousand_whatever_their_names()
    {
        await using var fs = await OpenAsync();
        string[] odd = ["a b+c%20&<>\"'", "ü/日本/😀", "not xml \uffff", "x/\ufffe"];
        foreach (var path in odd) await fs.WriteTextAsync(path, "x");
        var many = Enumerable.Range(0, 1998).Select(number => $"many/{number}").ToArray();
        foreach (var path in many.Take(20)) await fs.WriteTextAsync(path, "x");
        await fs.WriteTextAsync("stays", "x");
        Proxy.Clear();
        await fs.RemoveManyAsync(odd.Concat(many));
        Assert.Equal(3, Proxy.Calls.Count(call => call.Method == "POST"));
        Assert.Equal(2, Proxy.Calls.Count(call => call.Method == "DELETE")); // XML cannot hold two of the names
        Assert.Equal(5, Proxy.Calls.Count);
        Assert.Equal(["stays"], await fs.GlobAsync("", "**").ToListAsync());
    }

    [Fact, Rule("B3")]
    public async Task Folder_goes_with_its_marker_and_is_counted_without()
    {
        await using var fs = await OpenAsync();
        foreach (var path in new[] { "d/a", "d/b/c", "d b", "d" }) await fs.WriteTextAsync(path, "x");
        await _bucket.Client.PutObjectAsync(new PutObjectRequest { BucketName = _bucket.Name, Key = "d/", ContentBody = "" });
        Assert.Equal(2, await fs.RemoveFolderAsync("d"));
        var left = await _bucket.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _bucket.Name });
        Assert.Equal(["d", "d b"], left.S3Objects.Select(stored => stored.Key).Order(StringComparer.Ordinal));
    }

    [Fact, Rule("V1")]
    public async Task Level_is_fetched_without_what_lies_below_it()
    {
        await using var fs = await OpenAsync();
        for (var folder = 0; folder < 12; folder++)
            for (var file = 0; file < 3; file++)
                await fs.WriteTextAsync($"top/f {folder:00}+ü/{file}", "x");
        await fs.WriteTextAsync("top/z", "x");
        Proxy.Clear();
        var level = await fs.ListFolderAsync("top").ToListAsync();
        Assert.Equal(13, level.Count);
        Assert.Equal("top/f 00+ü", level[0].Path);
        Assert.Single(Proxy.Calls);
        Assert.InRange(Proxy.Calls[0].AnsweredBytes, 1, 3000);
        Proxy.Clear();
        var some = await fs.ListFolderAsync("top", new ListOptions { StartAfter = "top/f 04+ü/", Limit = 3 }).ToListAsync();
        Assert.Equal(["top/f 05+ü", "top/f 06+ü", "top/f 07+ü"], some.Select(entry => entry.Path));
        Assert.Single(Proxy.Calls);
        Assert.Empty(await fs.ListFolderAsync("top", new ListOptions { StartAfter = "tp" }).ToListAsync());
        Assert.Equal(13, await fs.ListFolderAsync("top", new ListOptions { StartAfter = "to" }).CountAsync());
    }

    [Fact, Rule("K1")]
    public async Task Ranges_that_lie_close_are_fetched_together()
    {
        await using var fs = await OpenAsync();
        var content = new byte[3_000_000];
        new Random(5).NextBytes(content);
        await fs.WriteBytesAsync("f", content);
        Proxy.Clear();
        FileRange[] ranges =
        [
            new(2_000_000, 100), new(0, 10), new(50, 1000), new(20, 5), new(2_999_990, 100), new(4_000_000, 5), new(7, 0),
        ];
        var pieces = await fs.ReadRangesAsync("f", ranges);
        for (var index = 0; index < ranges.Length; index++)
        {
            var start = (int)Math.Min(ranges[index].Offset, content.Length);
            Assert.True(content.AsSpan(start, Math.Min(ranges[index].Count, content.Length - start)).SequenceEqual(pieces[index].Span));
        }
        Assert.InRange(Proxy.Calls.Count, 3, 3);
        Assert.Equal(0, (await fs.ReadRangesAsync("f", [new(long.MaxValue - 5, 5)]))[0].Length);
    }

    [Fact, Rule("O1", "O2")]
    public async Task Stream_of_many_parts_is_stored_as_it_grows_and_aborted_when_it_is_not_completed()
    {
        await using var fs = await OpenAsync();
        var content = new byte[(4 * TestBucket.PartBytes) + 77];
        new Random(6).NextBytes(content);
        await using (var stream = await fs.OpenWriteAsync("f", new WriteOptions { ContentType = "text/csv" }))
        {
            for (var at = 0; at < content.Length; at += 1_000_003)
                await stream.WriteAsync(content.AsMemory(at, Math.Min(1_000_003, content.Length - at)));
            Assert.False(await fs.ExistsAsync("f"));
            Assert.Contains(Proxy.Calls, call => call.Has("partNumber"));
            Assert.Equal(content.Length, (await stream.CompleteAsync()).SizeBytes);
        }
        Assert.True(content.AsSpan().SequenceEqual(fs.AsSync().ReadBytes("f")));
        Assert.Equal("text/csv", (await fs.StatAsync("f")).ContentType);
        await using (var stream = await fs.OpenWriteAsync("g")) await stream.WriteAsync(content);
        Assert.Empty(await _bucket.UnfinishedUploadsAsync());
        Assert.False(await fs.ExistsAsync("g"));
    }

    [Fact, Rule("R1", "W3")]
    public async Task Seekable_stream_at_its_end_is_an_empty_file()
    {
        await using var fs = await OpenAsync();
        var content = new MemoryStream(new byte[10]) { Position = 10 };
        await fs.WriteTextAsync("f", "old");
        Assert.Equal(0, (await fs.WriteAsync("f", content)).SizeBytes);
        Assert.Equal(0, (await fs.StatAsync("f")).SizeBytes);
        Assert.Equal(0, (await fs.WriteAsync("new", content, new WriteOptions { IfAbsent = true })).SizeBytes);
        using var blocking = new S3FileSystem(_bucket.Name, _bucket.Options);
        Assert.Equal(0, blocking.Write("f", content).SizeBytes);
        content.Position = 4;
        Assert.Equal(6, blocking.Write("f", content).SizeBytes);
        Assert.Equal(6, blocking.ReadBytes("f").Length);
        await fs.WriteBytesAsync("f", ReadOnlyMemory<byte>.Empty);
        Assert.Empty(await fs.ReadBytesAsync("f"));
        await using var stream = await fs.OpenWriteAsync("f");
        Assert.Equal(0, (await stream.CompleteAsync()).SizeBytes);
    }

    private Task<AsyncS3FileSystem> OpenAsync() =>
        _bucket.OpenAsync(options => options with { EndpointUrl = Proxy.Url, OperationTimeout = TimeSpan.FromSeconds(30) });
}

public sealed class RgwBeyondTheNineTests(RgwServer rgw)
    : BeyondTheNineTests(new TestBucket(rgw), () => rgw.EndpointUrl)
{
    // moto takes any signature.
    [Fact, Rule("K2")]
    public async Task Signed_address_whose_owner_was_changed_is_refused()
    {
        await Bucket.CreateAsync();
        await using var fs = new AsyncS3FileSystem(
            Bucket.Name, Bucket.Options with { ExpectedBucketOwner = Owner, RequesterPays = true });
        await using var plain = await Bucket.OpenAsync();
        await plain.WriteTextAsync("f", "x");
        var get = (await fs.PresignGetAsync("f", TimeSpan.FromMinutes(5))).AbsoluteUri;
        using var http = new HttpClient();
        string[] altered =
        [
            get.Replace(Owner, "999999999999"), get.Replace($"&x-amz-expected-bucket-owner={Owner}", ""),
            get.Replace("&x-amz-request-payer=requester", ""),
        ];
        foreach (var address in altered)
        {
            Assert.NotEqual(get, address);
            using var answer = await http.GetAsync(new Uri(address));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }
}

public sealed class MotoBeyondTheNineTests(MotoServer moto)
    : BeyondTheNineTests(new TestBucket(moto), () => moto.EndpointUrl)
{
}
