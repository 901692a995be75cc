using FaultProxies;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

public sealed class LargeObjectTests(RgwServer rgw) : IAsyncLifetime
{
    private const int Part = TestBucket.PartBytes;

    private readonly ProxiedBucket _bucket = new(rgw);
    private readonly TemporaryFolder _folder = new();

    private FaultProxy Proxy => _bucket.Proxy;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _bucket.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Small_file_takes_one_request_each_way()
    {
        await using var fs = await _bucket.OpenPatientlyAsync();
        await File.WriteAllBytesAsync(_folder["f"], Content(100_000));
        await fs.UploadAsync(_folder["f"], "f", new WriteOptions { Metadata = new Dictionary<string, string> { ["weather"] = "x.epw" } });
        var entry = await fs.DownloadAsync("f", _folder["g"]);
        Assert.Equal("x.epw", entry.Metadata["weather"]);
        await fs.ReadBytesAsync("f");
        Assert.Equal(["PUT", "GET", "GET"], Proxy.Calls.Select(call => call.Method));
    }

    [Fact, Rule("R1")]
    public async Task Download_fetches_the_parts_of_a_large_object_once_each()
    {
        await using var fs = await _bucket.OpenPatientlyAsync();
        var content = Content((3 * Part) + 1234);
        await fs.WriteBytesAsync("f", content);
        Proxy.Clear();
        await fs.DownloadAsync("f", _folder["f"]);
        Same(content, await File.ReadAllBytesAsync(_folder["f"]));
        Assert.Equal(4, Proxy.Calls.Count);
        Assert.Equal(content.Length, Proxy.Calls.Sum(call => call.AnsweredBytes));
    }

    [Fact, Rule("F5")]
    public async Task Body_that_is_cut_off_is_continued_where_it_broke()
    {
        await using var fs = await _bucket.OpenPatientlyAsync();
        var content = Content((4 * Part) - 1234);
        await fs.WriteBytesAsync("f", content);
        foreach (var broken in new[] { 1, 2, 4 })
        {
            Proxy.Clear();
            Proxy.Fail(call => call.Method == "GET", new Fault.CutBody(1_000_000), from: broken);
            if (broken == 4) Proxy.Script = call => call.Number % 2 == 0 ? new Fault.CutBody(1000) : null;
            var read = await fs.ReadBytesAsync("f");
            Same(content, read);
            Assert.InRange(Proxy.Calls.Count, 5, 12);
            Assert.InRange(Proxy.Calls.Sum(call => call.AnsweredBytes), content.Length, content.Length + 1_100_000);
        }
    }

    [Fact, Rule("F5")]
    public async Task Altered_bytes_are_noticed_in_one_part_and_in_many()
    {
        await using var fs = await _bucket.OpenAsync();
        foreach (var size in new[] { 1000, Part, (2 * Part) + 1000 }) // parts are fetched in any order, and the byte lies in each of them
        {
            Proxy.Clear();
            await fs.WriteBytesAsync("f", Content(size));
            Proxy.Fail(call => call.Method == "GET", new Fault.WrongByte(500), from: size > Part ? 2 : 1);
            await File.WriteAllTextAsync(_folder["f"], "old");
            var error = await Assert.ThrowsAsync<StorageException>(() => fs.DownloadAsync("f", _folder["f"]));
            Assert.Equal((StorageErrorKind.Corrupted, true), (error.Kind, error.IsTransient));
            Assert.Equal("old", await File.ReadAllTextAsync(_folder["f"]));
            Assert.Equal(size, (await fs.ReadBytesAsync("f")).Length);
        }
    }

    [Fact, Rule("R5")]
    public async Task Object_replaced_during_a_download_is_a_conflict_and_never_a_mix()
    {
        await using var fs = await _bucket.OpenAsync();
        await using var direct = await _bucket.OpenDirectlyAsync();
        await fs.WriteBytesAsync("f", Content(3 * Part));
        var stream = await fs.OpenReadAsync("f");
        var replaced = 0;
        Proxy.Script = call =>
        {
            if (call.Method == "GET" && Interlocked.Exchange(ref replaced, 1) == 0) return new Fault.CutBody(100_000);
            if (replaced == 1) direct.AsSync().WriteBytes("f", new byte[3 * Part]);
            return null;
        };
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.DownloadAsync("f", _folder["f"]));
        Assert.Equal((StorageErrorKind.Conflict, true), (error.Kind, error.IsTransient));
        Assert.False(File.Exists(_folder["f"]));
        stream.Position = 2 * Part;
        Assert.Equal(StorageErrorKind.Conflict,
            (await Assert.ThrowsAsync<StorageException>(async () => await stream.ReadExactlyAsync(new byte[10]))).Kind);
    }

    [Fact, Rule("R5")]
    public async Task Seeking_reader_fetches_little_more_than_it_reads()
    {
        await using var fs = await _bucket.OpenPatientlyAsync();
        var content = Content(8 * Part);
        await fs.WriteBytesAsync("f", content);
        Proxy.Clear();
        using var stream = await fs.OpenReadAsync("f");
        var random = new Random(3);
        var slices = Enumerable.Range(0, 20).Select(_ => random.Next(content.Length - 200)).ToList();
        foreach (var offset in slices)
        {
            stream.Position = offset;
            var slice = new byte[200];
            stream.ReadExactly(slice);
            Assert.Equal(content[offset..(offset + 200)], slice);
        }
        Assert.InRange(Proxy.Calls.Sum(call => call.AnsweredBytes), 0, 21 * 64 * 1024);
        Proxy.Clear();
        stream.Position = 0;
        var all = new MemoryStream();
        await stream.CopyToAsync(all);
        Same(content, all.ToArray());
        Assert.Equal(content.Length, Proxy.Calls.Sum(call => call.AnsweredBytes));
        Assert.InRange(Proxy.Calls.Count, 1, 15);
    }

    [Fact, Rule("W4")]
    public async Task Part_that_fails_for_good_ends_the_upload_and_leaves_nothing()
    {
        await using var fs = await _bucket.OpenAsync();
        await fs.WriteTextAsync("f", "old");
        Proxy.Script = call => call.Has("partNumber") && call.Target.Contains("partNumber=2", StringComparison.Ordinal)
            ? new Fault.Answer(403, "AccessDenied")
            : null;
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.WriteBytesAsync("f", Content(6 * Part)));
        Assert.Equal(StorageErrorKind.AccessDenied, error.Kind);
        Assert.Equal("old", await fs.ReadTextAsync("f"));
        Assert.Empty(await _bucket.Bucket.UnfinishedUploadsAsync());
    }

    [Fact]
    public async Task Part_that_fails_once_is_sent_again_alone()
    {
        await using var fs = await _bucket.OpenAsync();
        foreach (var fault in new Fault[] { new Fault.Answer(503, "SlowDown"), new Fault.CutRequest(200_000), new Fault.LoseAnswer() })
        {
            Proxy.Clear();
            Proxy.Fail(call => call.Has("partNumber"), fault, from: 2);
            var content = Content(4 * Part, seed: fault.GetHashCode());
            var told = new List<long>();
            await File.WriteAllBytesAsync(_folder["up"], content);
            await fs.UploadAsync(_folder["up"], "f", null, new Collected(told));
            Assert.Equal(5, Proxy.Calls.Count(call => call.Has("partNumber")));
            Assert.True(told.SequenceEqual([Part, 2L * Part, 3L * Part, 4L * Part]),
                fault + string.Join(", ", told) + string.Join("\n", Proxy.Calls));
            Same(content, await fs.ReadBytesAsync("f"));
        }
    }

    [Fact, Rule("X2")]
    public async Task Cancelled_upload_by_parts_is_aborted_on_the_server()
    {
        await using var fs = await _bucket.OpenAsync();
        using var source = new CancellationTokenSource();
        Proxy.Script = call =>
        {
            if (call.Has("partNumber")) source.CancelAfter(20);
            return null;
        };
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fs.WriteBytesAsync("f", Content(12 * Part), source.Token));
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.False(await fs.ExistsAsync("f"));
        Assert.Empty(await _bucket.Bucket.UnfinishedUploadsAsync());
    }

    [Fact, Rule("I6")]
    public async Task Conditional_write_whose_answer_is_lost_is_a_success()
    {
        await using var fs = await _bucket.OpenAsync();
        Proxy.Fail(call => call.Method == "PUT", new Fault.LoseAnswer());
        var first = await fs.WriteAsync("f", new MemoryStream([1]), new WriteOptions { IfAbsent = true });
        Proxy.Fail(call => call.Method == "PUT", new Fault.LoseAnswer());
        var second = await fs.WriteAsync("f", new MemoryStream([2]), new WriteOptions { IfMatch = first.ETag });
        Assert.Equal(second.ETag, (await fs.StatAsync("f")).ETag);
        Assert.Empty((await fs.StatAsync("f")).Metadata);
        await Assert.ThrowsAsync<StorageException>(() => fs.WriteAsync("f", new MemoryStream([2]), new WriteOptions { IfAbsent = true }));
    }

    [Fact, Rule("I6")]
    public async Task Upload_whose_completion_answer_is_lost_is_a_success()
    {
        await using var fs = await _bucket.OpenAsync();
        Proxy.Fail(call => call.Method == "POST" && call.Has("uploadId"), new Fault.LoseAnswer());
        var entry = await fs.WriteAsync("f", new MemoryStream(Content(2 * Part)));
        Assert.Equal(entry.ETag, (await fs.StatAsync("f")).ETag);
    }

    [Fact, Rule("C1")]
    public async Task Copy_beyond_the_limit_of_one_copy_goes_by_parts_and_keeps_metadata()
    {
        var name = await _bucket.Bucket.CreateAsync();
        await using var fs = new AsyncS3FileSystem(name, _bucket.Bucket.Options with { EndpointUrl = Proxy.Url }) { CopyLimitBytes = Part };
        var content = Content((2 * Part) + 77);
        await fs.WriteAsync("f ü+", new MemoryStream(content),
            new WriteOptions { Metadata = new Dictionary<string, string> { ["run"] = "7" }, ContentType = "text/csv" });
        await fs.CopyAsync("f ü+", "g ü+");
        Same(content, await fs.ReadBytesAsync("g ü+"));
        Assert.Equal("7", (await fs.StatAsync("g ü+")).Metadata["run"]);
        Assert.Equal("text/csv", (await _bucket.Bucket.Client.GetObjectMetadataAsync(name, "g ü+")).Headers.ContentType);
    }

    private static void Same(byte[] expected, byte[] actual) =>
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{actual.Length} bytes differ from the {expected.Length} expected");

    private static byte[] Content(int count, int seed = 11)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private sealed class Collected(List<long> told) : IProgress<long>
    {
        public void Report(long value)
        {
            lock (told) told.Add(value);
        }
    }
}
