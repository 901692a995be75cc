using Xunit;

namespace IdfKit.Storage.Contract;

public abstract partial class FileSystemContract
{
    [Theory, BothModes, Rule("W1", "W2")]
    public async Task Write_makes_parents_and_replaces_the_whole_content(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("a/b/c.txt", "long content");
        await fs.WriteTextAsync("a/b/c.txt", "short");
        Assert.Equal("short", await fs.ReadTextAsync("a/b/c.txt"));
        await fs.WriteAsync("a/b/c.txt", Text("other"));
        Assert.Equal("other", await fs.ReadTextAsync("a/b/c.txt"));
        Assert.Equal(["a/b/c.txt"], await Paths(fs));
    }

    [Theory, BothModes, Rule("W3")]
    public async Task Write_takes_a_stream_from_its_position_and_leaves_it_open(Mode mode)
    {
        var fs = await OpenAsync(mode);
        using var content = Text("0123456789");
        content.Position = 4;
        var entry = await fs.WriteAsync("f", content);
        Assert.Equal(("f", 6L), (entry.Path, entry.SizeBytes));
        Assert.Equal("456789", await fs.ReadTextAsync("f"));
        Assert.True(content.CanRead);
        if (fs.Capabilities.HasFlag(StorageCapabilities.ETags)) Assert.Equal((await fs.StatAsync("f")).ETag, entry.ETag);
    }

    [Theory, BothModes, Rule("W4", "X2")]
    public async Task Write_canceled_midway_keeps_the_old_content(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("r.sql", "old");
        using var source = new CancellationTokenSource();
        var interrupted = new InterruptedStream(Bytes(3 * PartBytes), 2 * PartBytes, source.Cancel);
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fs.WriteAsync("r.sql", interrupted, null, source.Token));
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Equal("old", await fs.ReadTextAsync("r.sql"));
        Assert.Equal(["r.sql"], await Paths(fs));
    }

    [Theory, BothModes, Rule("W4", "W5")]
    public async Task Write_of_a_stream_that_fails_keeps_the_old_content_and_shows_the_streams_own_error(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("r.sql", "old");
        foreach (var after in new[] { 1, 2 * PartBytes })
        {
            var broken = new InterruptedStream(Bytes(3 * PartBytes), after, () => throw new InvalidDataException("torn"));
            await Assert.ThrowsAsync<InvalidDataException>(() => fs.WriteAsync("r.sql", broken));
        }
        Assert.Equal("old", await fs.ReadTextAsync("r.sql"));
        Assert.Equal(["r.sql"], await Paths(fs));
    }

    [Theory, BothModes, Rule("W6")]
    public async Task Upload_stores_a_local_file_and_fails_by_kind_when_there_is_none(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var told = new Highest();
        await fs.UploadAsync(LocalFile("f", Bytes(5000)), "a/f", new WriteOptions { ContentType = "text/csv" }, told);
        Same(Bytes(5000), await fs.ReadBytesAsync("a/f"));
        Assert.Equal(5000, told.Value);
        await Fails(StorageErrorKind.NotFound, nameof(IFileSystem.Upload), "a/g", () => fs.UploadAsync(LocalFile("none"), "a/g"));
        Assert.Equal(["a/f"], await Paths(fs));
    }

    [Theory, BothModes, Rule("W8")]
    public async Task Metadata_is_kept_where_declared_and_refused_elsewhere(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var options = new WriteOptions
        {
            Metadata = new Dictionary<string, string> { ["Weather"] = "epw/Zürich +1 %.epw", ["run-id"] = "7" }
        };
        await Declared(fs, StorageCapabilities.Metadata, async () =>
        {
            foreach (var size in new[] { 10, 2 * PartBytes })
            {
                await fs.WriteAsync("f", new OneWayStream(Bytes(size)), options);
                await fs.CopyAsync("f", "g");
                foreach (var path in new[] { "f", "g" })
                    Assert.Equal([("run-id", "7"), ("weather", "epw/Zürich +1 %.epw")],
                        (await fs.StatAsync(path)).Metadata.Select(pair => (pair.Key, pair.Value)).Order());
                Assert.Equal("7", (await fs.DownloadAsync("f", LocalFile("f"))).Metadata["run-id"]);
            }
            await fs.WriteTextAsync("f", "replaced");
            Assert.Empty((await fs.StatAsync("f")).Metadata);
        }, () => fs.WriteAsync("f", Text("x"), options));
    }

    [Theory, BothModes, Rule("W11")]
    public async Task Tags_are_taken_where_declared_and_refused_elsewhere(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var options = new WriteOptions { Tags = new Dictionary<string, string> { ["study"] = "façade 1+2", ["case"] = "" } };
        await Declared(fs, StorageCapabilities.Tags, async () =>
        {
            foreach (var size in new[] { 10, 2 * PartBytes })
            {
                await fs.WriteAsync("f", new OneWayStream(Bytes(size)), options);
                Same(Bytes(size), await fs.ReadBytesAsync("f"));
                await fs.UploadAsync(LocalFile("f", Bytes(size)), "g", options);
                Same(Bytes(size), await fs.ReadBytesAsync("g"));
            }
        }, () => fs.WriteAsync("f", Text("x"), options));
    }

    [Theory, BothModes, Rule("W18")]
    public async Task Encoding_is_kept_by_writes_and_copies_where_declared_and_refused_elsewhere(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var options = new WriteOptions { ContentType = "text/html", ContentEncoding = "gzip" };
        await Declared(fs, StorageCapabilities.ContentEncoding, async () =>
        {
            foreach (var size in new[] { 10, 2 * PartBytes })
            {
                var written = await fs.WriteAsync("f", new OneWayStream(Bytes(size)), options);
                await fs.CopyAsync("f", "g");
                Assert.Equal("gzip", written.ContentEncoding);
                foreach (var path in new[] { "f", "g" })
                {
                    Assert.Equal("gzip", (await fs.StatAsync(path)).ContentEncoding);
                    Same(Bytes(size), await fs.ReadBytesAsync(path));
                }
                Assert.Equal("gzip", (await fs.DownloadAsync("g", LocalFile("f"))).ContentEncoding);
                Same(Bytes(size), await File.ReadAllBytesAsync(LocalFile("f")));
            }
            await fs.WriteTextAsync("f", "replaced");
            Assert.Null((await fs.StatAsync("f")).ContentEncoding);
            foreach (var encoding in new[] { "", "g zip", "GZIP", "gzip, br", "gzip\n", "aws-chunked", new string('x', 65) })
                await RefusedOptions(fs, new WriteOptions { ContentEncoding = encoding });
        }, () => fs.WriteAsync("f", Text("x"), options));
    }

    [Theory, BothModes, Rule("W9")]
    public async Task MakeDirectories_over_a_folder_with_files_is_a_Conflict_unless_existOk(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.MakeDirectoriesAsync("a/b");
        await fs.WriteTextAsync("a/b/c", "x");
        await fs.MakeDirectoriesAsync("a/b", existOk: true);
        Assert.False((await Fails(
            StorageErrorKind.Conflict, nameof(IFileSystem.MakeDirectories), "a/b", () => fs.MakeDirectoriesAsync("a/b"))).IsTransient);
        Assert.Equal(["a/b/c"], await Paths(fs));
        Assert.False(await fs.ExistsAsync("a/b"));
    }
}
