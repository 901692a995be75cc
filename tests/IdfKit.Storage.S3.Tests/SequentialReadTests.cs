using FaultProxies;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>A stream that is read to its end does not hand out altered content as if it were whole.</summary>
public sealed class SequentialReadTests(RgwServer rgw) : IAsyncLifetime
{
    private const int Part = TestBucket.PartBytes;

    private readonly ProxiedBucket _bucket = new(rgw);

    private FaultProxy Proxy => _bucket.Proxy;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bucket.DisposeAsync();

    public static TheoryData<int, int> SizesAndGets => new()
    {
        { 1000, 1 }, { 65_536, 1 }, { 65_537, 1 }, { 65_537, 2 }, { 400_000, 3 },
        { Part, 1 }, { Part, 4 }, { (2 * Part) + 1000, 2 }, { (2 * Part) + 1000, 8 },
    };

    [Theory, MemberData(nameof(SizesAndGets)), Rule("F5", "R5")]
    public async Task Altered_byte_is_noticed_in_whichever_window_it_lies(int size, int get)
    {
        await using var fs = await _bucket.OpenAsync();
        await fs.WriteBytesAsync("f", Content(size));
        foreach (var read in new Func<Stream, Task>[] { CopyAsync, ReadInOneAsync, ReadByBlockingAsync })
        {
            Proxy.Clear();
            Proxy.Fail(call => call.Method == "GET", new Fault.WrongByte(0), from: read == ReadInOneAsync ? Math.Min(get, 2) : get);
            var error = await Assert.ThrowsAsync<StorageException>(async () =>
            {
                await using var stream = await fs.OpenReadAsync("f");
                await read(stream);
            });
            Assert.Equal((StorageErrorKind.Corrupted, true, "OpenRead"), (error.Kind, error.IsTransient, error.Operation));
        }
    }

    [Theory, Rule("R1")] // more of it was asked for while the SDK hashed what it had
    [InlineData(65_536, false)]
    [InlineData(65_537, false)]
    [InlineData(400_000, false)]
    [InlineData(400_000, true)]
    [InlineData((2 * Part) + 1000, false)]
    [InlineData((2 * Part) + 1000, true)]
    public async Task Content_that_is_read_from_a_bucket_can_be_written_to_one(int size, bool isWrapped)
    {
        await using var fs = await _bucket.OpenAsync();
        var content = Content(size);
        await fs.WriteBytesAsync("f", content);
        foreach (var options in new WriteOptions[] { new(), new() { IfAbsent = true } })
        {
            var path = options.IfAbsent ? "new" : "g";
            await using var stream = await fs.OpenReadAsync("f");
            await fs.WriteAsync(path, isWrapped ? new BufferedStream(stream) : stream, options);
            Same(content, await fs.ReadBytesAsync(path));
        }
    }

    [Theory, Rule("R1", "R5")]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(400_000)]
    [InlineData((2 * Part) + 1000)]
    public async Task Whole_content_passes_however_it_is_read(int size)
    {
        await using var fs = await _bucket.OpenAsync();
        var content = Content(size);
        await fs.WriteBytesAsync("f", content);
        await using var stream = await fs.OpenReadAsync("f");
        for (var times = 0; times < 2; times++)
        {
            stream.Position = 0;
            Same(content, await AllAsync(stream));
        }
        stream.Position = size / 2;
        Assert.Equal(size - (size / 2), (await AllAsync(stream)).Length);
        stream.Position = size / 3;
        await stream.ReadExactlyAsync(new byte[size / 10]);
        stream.Position = 0;
        Same(content, await AllAsync(stream));
    }

    [Fact, Rule("F5")]
    public async Task Altered_byte_of_a_second_reading_is_noticed_and_a_third_one_is_whole()
    {
        await using var fs = await _bucket.OpenAsync();
        var content = Content(400_000);
        await fs.WriteBytesAsync("f", content);
        await using var stream = await fs.OpenReadAsync("f");
        await AllAsync(stream);
        Proxy.Fail(call => call.Method == "GET", new Fault.WrongByte(5), from: 2);
        stream.Position = 0;
        Assert.Equal(StorageErrorKind.Corrupted, (await Assert.ThrowsAsync<StorageException>(() => AllAsync(stream))).Kind);
        Assert.Equal(StorageErrorKind.Corrupted, (await Assert.ThrowsAsync<StorageException>(() => AllAsync(stream))).Kind);
        stream.Position = 0;
        Same(content, await AllAsync(stream));
    }

    private static async Task CopyAsync(Stream stream) => await AllAsync(stream);

    private static async Task ReadInOneAsync(Stream stream) => await stream.ReadExactlyAsync(new byte[stream.Length]);

    private static Task ReadByBlockingAsync(Stream stream)
    {
        var buffer = new byte[10_000];
        while (stream.Read(buffer, 0, buffer.Length) > 0) continue;
        return Task.CompletedTask;
    }

    private static async Task<byte[]> AllAsync(Stream stream)
    {
        var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    private static void Same(byte[] expected, byte[] actual) =>
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{actual.Length} bytes differ from the {expected.Length} expected");

    private static byte[] Content(int count)
    {
        var bytes = new byte[count];
        new Random(17).NextBytes(bytes);
        return bytes;
    }
}
