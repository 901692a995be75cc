using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>What a transfer leaves on the real server, and what the caller's own failures and wishes do to it.</summary>
public sealed class TransferProofTests(RgwServer rgw) : IAsyncLifetime
{
    private const int Part = TestBucket.PartBytes;

    private readonly ProxiedBucket _bucket = new(rgw);
    private readonly TemporaryFolder _folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _bucket.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Object_of_one_request_or_of_many_has_no_encoding_of_the_way_it_came()
    {
        await using var fs = await _bucket.OpenAsync();
        await fs.WriteTextAsync("small", "x");
        await fs.WriteAsync("absent", new MemoryStream([1]), new WriteOptions { IfAbsent = true });
        await fs.WriteAsync("parts", new MemoryStream(new byte[Part + 1]));
        Assert.All(_bucket.Proxy.Calls, call => Assert.Null(call.Header("content-encoding")));
        foreach (var key in new[] { "small", "absent", "parts" })
        {
            var head = await _bucket.Bucket.Client.GetObjectMetadataAsync(_bucket.Bucket.Name, key);
            Assert.True(string.IsNullOrEmpty(head.Headers.ContentEncoding), head.Headers.ContentEncoding);
        }
    }

    [Theory, Rule("W13")]
    [InlineData(2047)] // with its name the 2 KB that Amazon takes: no room for the library's own mark
    [InlineData(1900)]
    public async Task Metadata_may_fill_all_its_room_in_one_request_and_in_many(int length)
    {
        await using var fs = await _bucket.OpenDirectlyAsync();
        var full = new WriteOptions { Metadata = new Dictionary<string, string> { ["k"] = new string('x', length) } };
        foreach (var bytes in new[] { 1, Part + 1 })
        {
            var written = await fs.WriteAsync("f", new MemoryStream(new byte[bytes]), full);
            var stored = await fs.StatAsync("f");
            Assert.Equal((bytes, stored.ETag), (written.SizeBytes, written.ETag));
            Assert.Equal(length, stored.Metadata["k"].Length);
        }
        await using var stream = await fs.OpenWriteAsync("g", full);
        await stream.WriteAsync(new byte[Part + 1]);
        Assert.Equal(Part + 1, (await stream.CompleteAsync()).SizeBytes);
    }

    [Theory, Rule("W13")]
    [InlineData(2047, false)]
    [InlineData(1900, true)]
    public async Task Mark_of_the_library_is_sent_only_where_the_metadata_leaves_room_for_it(int length, bool sent)
    {
        await using var fs = await _bucket.OpenAsync();
        var full = new WriteOptions { Metadata = new Dictionary<string, string> { ["k"] = new string('x', length) } };
        await fs.WriteAsync("parts", new MemoryStream(new byte[Part + 1]), full);
        await fs.WriteAsync("absent", new MemoryStream([1]), full with { IfAbsent = true });
        var begun = _bucket.Proxy.Calls.Where(call => call.Header("x-amz-meta-k") is not null).ToList();
        Assert.Equal(["POST", "PUT"], begun.Select(call => call.Method));
        Assert.All(begun, call => Assert.Equal(sent, call.Header("x-amz-meta-" + WriteMark.Name) is not null));
    }

    [Fact, Rule("K1")]
    public async Task Ranges_of_any_count_ask_for_no_more_than_is_stored()
    {
        await using var fs = await _bucket.OpenPatientlyAsync();
        await fs.WriteTextAsync("f", "0123456789");
        (FileRange[] Asked, int[] Got, string[] Calls)[] cases =
        [
            ([new(0, int.MaxValue)], [10], ["HEAD", "GET"]),
            ([.. Enumerable.Repeat(new FileRange(4, int.MaxValue), 64)], [.. Enumerable.Repeat(6, 64)], ["HEAD", "GET"]),
            ([new(10, int.MaxValue)], [0], ["HEAD"]),
            ([new(long.MaxValue, 1)], [0], ["HEAD"]),
            ([new(3, 0)], [0], ["HEAD"]),
            ([new(8, 100)], [2], ["GET"]),
        ];
        foreach (var (asked, got, calls) in cases)
        {
            _bucket.Proxy.Clear();
            Assert.Equal(got, (await fs.ReadRangesAsync("f", asked)).Select(piece => piece.Length));
            Assert.Equal(calls, _bucket.Proxy.Calls.Select(call => call.Method));
        }
    }

    [Fact, Rule("R7", "W5")]
    public async Task Progress_that_fails_in_any_part_is_the_error_of_the_transfer_and_leaves_what_was()
    {
        await using var fs = await _bucket.OpenDirectlyAsync();
        await fs.WriteAsync("f", new MemoryStream(new byte[(3 * Part) + 1]));
        await fs.WriteTextAsync("old", "old");
        await File.WriteAllTextAsync(_folder["local"], "old");
        await File.WriteAllBytesAsync(_folder["large"], new byte[(2 * Part) + 1]);
        Exception[] failures = [new IOException("Mine."), new TimeoutException("Mine."), new HttpRequestException("Mine.")];
        foreach (var after in new[] { 0, Part, 2 * Part })
            foreach (var failure in failures)
            {
                var progress = new FailingProgress(after, failure);
                Assert.Same(failure, await Record.ExceptionAsync(() => fs.DownloadAsync("f", _folder["local"], progress)));
                Assert.Same(failure, await Record.ExceptionAsync(() => fs.UploadAsync(_folder["large"], "old", progress: progress)));
            }
        Assert.Equal("old", await File.ReadAllTextAsync(_folder["local"]));
        Assert.Equal("old", await fs.ReadTextAsync("old"));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    private sealed class FailingProgress(long after, Exception failure) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value > after) throw failure;
        }
    }
}
