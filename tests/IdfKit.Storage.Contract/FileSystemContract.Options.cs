using Xunit;

namespace IdfKit.Storage.Contract;

/// <summary>What is refused before anything is tried, alike on every back end.</summary>
public abstract partial class FileSystemContract
{
    private static readonly string[] NoETags =
    [
        "", "\"\"", "\"\"a\"\"", " ", "*", "\"*\"", "\"", "a\"b", "\"a\" , \"b\"", " a", "a ", "a b",
        "a\nb", "a\r\nX-Evil: 1", "\0", "\u007f", "\u0085",
        "ü", "\U0001F600", "\ud800", "W/\"x\"", "W/x", new string('x', 257), new string('x', 10_000),
    ];

    private static readonly (string Key, string? Value)[] NoMetadata =
    [
        ("", "x"), (" ", "x"), ("a b", "x"), (" a", "x"), ("a:", "x"), ("a_b", "x"), ("a\r\nx-evil", "x"), ("ü", "x"), ("a\ud800", "x"),
        ("idfkit-write", "x"), ("IdfKit-Write", "x"), ("a", null), ("a", "1\r\nx-evil: 2"), ("a", "1\n2"), ("a", "\t"), ("a", "\0"),
        ("a", "1\u007f2"), ("a", "1\u00852"), ("a", "\ud800"), ("a", new string('x', 2048)), (new string('k', 2049), ""),
        ("a", new string('é', 800)),
    ];

    private static readonly string[] NoContentTypes =
    [
        "", " ", "text", "/", "text/", "/csv", "text/csv\r\nX-Evil: 1", "text/csv;\ncharset=utf-8", "text csv", "text/csv\0", "täxt/csv",
        "text/csv, text/plain", " text/csv", new string('t', 200) + "/" + new string('c', 200),
    ];

    private static readonly (string Key, string? Value)[] NoTags =
    [
        ("", "x"), ("aws:x", "x"), ("a", null), ("a\n", "x"), ("a", "\u007f"), ("a", "1&2"), ("a<b", "x"), ("a", "\ud800"),
        (new string('k', 129), "x"), ("a", new string('v', 257)),
    ];

    [Theory, BothModes, Rule("I7")]
    public async Task What_cannot_be_an_etag_is_refused_before_anything_is_tried(Mode mode)
    {
        var fs = await OpenAsync(mode);
        if (!fs.Capabilities.HasFlag(StorageCapabilities.Conditions)) return;
        await fs.WriteTextAsync("f", "kept");
        foreach (var etag in NoETags)
        {
            await RefusedOptions(fs, new WriteOptions { IfMatch = etag });
            if (fs.Capabilities.HasFlag(StorageCapabilities.ConditionalRemove))
                await Fails(StorageErrorKind.InvalidOptions, nameof(IFileSystem.Remove), "f", () => fs.RemoveAsync("f", etag));
        }
        foreach (var etag in new[] { "x", "\"x\"", "0123456789abcdef-3", new string('x', 256), "'", "W" })
            await Fails(StorageErrorKind.PreconditionFailed, nameof(IFileSystem.Write), "f",
                () => fs.WriteAsync("f", Text("x"), new WriteOptions { IfMatch = etag }));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => fs.RemoveAsync("f", null!));
        Assert.Equal("kept", await fs.ReadTextAsync("f"));
    }

    [Theory, BothModes, Rule("W12")]
    public async Task Metadata_that_some_server_could_not_hold_is_refused_before_anything_is_tried(Mode mode)
    {
        var fs = await OpenAsync(mode);
        if (!fs.Capabilities.HasFlag(StorageCapabilities.Metadata)) return;
        foreach (var (key, value) in NoMetadata) await RefusedOptions(fs, new WriteOptions { Metadata = Pair(key, value) });
        await RefusedOptions(fs, new WriteOptions { Metadata = new Dictionary<string, string> { ["Key"] = "1", ["key"] = "2" } });
        Assert.Throws<ArgumentNullException>(() => new WriteOptions { Metadata = null! });
    }

    [Theory, BothModes, Rule("W8", "W12")]
    public async Task Metadata_of_every_kind_that_is_taken_is_read_back_as_it_was(Mode mode)
    {
        var fs = await OpenAsync(mode);
        if (!fs.Capabilities.HasFlag(StorageCapabilities.Metadata)) return;
        var kept = new Dictionary<string, string>
        {
            ["1-a"] = "plain", ["blanks"] = "  around  ", ["word"] = "=?UTF-8?B?eA==?=", ["script"] = "日本語 \U0001F600",
            ["quotes"] = "\"a\", 'b'; c=d",
            ["percent"] = "%20+%0d%0a",
        };
        foreach (var content in new[] { Bytes(10), Bytes(2 * PartBytes) })
        {
            var entry = await fs.WriteAsync("f", new OneWayStream(content), new WriteOptions { Metadata = kept });
            Assert.Equal(kept.OrderBy(pair => pair.Key), entry.Metadata.OrderBy(pair => pair.Key));
            Assert.Equal(kept.OrderBy(pair => pair.Key), (await fs.StatAsync("f")).Metadata.OrderBy(pair => pair.Key));
        }
        var upper = await fs.WriteAsync("f", Text("x"), new WriteOptions { Metadata = Pair("Run-ID", "7") });
        Assert.Equal("run-id", Assert.Single(upper.Metadata).Key);
        await fs.WriteAsync("f", Text("x"), new WriteOptions { Metadata = Pair("a", new string('x', 2047)) });
        Assert.Equal(2047, (await fs.StatAsync("f")).Metadata["a"].Length);
    }

    [Theory, BothModes, Rule("W13")]
    public async Task Tags_that_Amazon_would_not_take_are_refused_before_anything_is_tried(Mode mode)
    {
        var fs = await OpenAsync(mode);
        if (!fs.Capabilities.HasFlag(StorageCapabilities.Tags)) return;
        foreach (var (key, value) in NoTags) await RefusedOptions(fs, new WriteOptions { Tags = Pair(key, value) });
        await RefusedOptions(fs, new WriteOptions { Tags = Enumerable.Range(0, 11).ToDictionary(i => $"k{i}", i => "x") });
    }

    [Theory, BothModes, Rule("W13")]
    public async Task Content_type_that_is_none_is_refused_before_anything_is_tried(Mode mode)
    {
        var fs = await OpenAsync(mode);
        foreach (var type in NoContentTypes) await RefusedOptions(fs, new WriteOptions { ContentType = type });
        foreach (var type in new[] { "text/csv", "text/csv; charset=utf-8", "application/vnd.energyplus+json", "application/octet-stream" })
            await fs.WriteAsync("f", Text("x"), new WriteOptions { ContentType = type });
    }

    [Theory, BothModes, Rule("W15")]
    public async Task Path_and_options_are_checked_before_the_stream_is_read(Mode mode)
    {
        var fs = await OpenAsync(mode);
        using var content = new UntouchedStream();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Fails(StorageErrorKind.InvalidPath, nameof(IFileSystem.Write), "a//b", () => fs.WriteAsync("a//b", content));
        await Fails(StorageErrorKind.InvalidOptions, nameof(IFileSystem.Write), "f",
            () => fs.WriteAsync("f", content, new WriteOptions { ContentType = "\n" }));
        await Assert.ThrowsAsync<ArgumentException>(
            () => fs.WriteAsync("f", content, new WriteOptions { IfAbsent = true, IfMatch = "x" }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fs.WriteAsync("f", content, null, cancelled.Token));
        await Fails(StorageErrorKind.InvalidOptions, nameof(IFileSystem.Upload), "f",
            () => fs.UploadAsync(LocalFile("no such file"), "f", new WriteOptions { ContentType = "\n" }));
        await Fails(StorageErrorKind.InvalidOptions, nameof(IFileSystem.OpenWrite), "f",
            () => fs.OpenWriteAsync("f", new WriteOptions { ContentType = "\n" }));
        Assert.False(content.WasRead);
    }

    [Theory, BothModes, Rule("W14")]
    public async Task Streams_that_read_only_one_way_are_stored_by_both_modes(Mode mode)
    {
        var fs = await OpenAsync(mode);
        foreach (var size in new[] { 0, 10, 2 * PartBytes + 3 })
        {
            await fs.WriteAsync("f", new AsyncOnlyStream(Bytes(size)));
            Same(Bytes(size), await fs.ReadBytesAsync("f"));
            await fs.WriteAsync("f", new BlockingOnlyStream(Bytes(size, seed: 2)));
            Same(Bytes(size, seed: 2), await fs.ReadBytesAsync("f"));
        }
    }

    private static Dictionary<string, string> Pair(string key, string? value) => new() { [key] = value! };

    private static async Task RefusedOptions(IAsyncFileSystem fs, WriteOptions options)
    {
        var content = new UntouchedStream();
        var error = await Fails(StorageErrorKind.InvalidOptions, nameof(IFileSystem.Write), "f",
                () => fs.WriteAsync("f", content, options));
        Assert.False(error.IsTransient);
        Assert.False(content.WasRead);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }
}
