using Xunit;

namespace IdfKit.Storage.Contract;

public abstract partial class FileSystemContract
{
    [Theory, BothModes, Rule("O1")]
    public async Task A_write_stream_stores_what_was_written_when_it_completes(Mode mode)
    {
        var fs = await OpenAsync(mode);
        foreach (var size in new[] { 0, 1, PartBytes, 3 * PartBytes + 17 })
        {
            var content = Bytes(size, size);
            await using var stream = await fs.OpenWriteAsync("new/folder/f");
            for (var at = 0; at < size; at += 9_999)
                await stream.WriteAsync(content.AsMemory(at, Math.Min(9_999, size - at)));
            var entry = await stream.CompleteAsync();
            Assert.Equal(("new/folder/f", (long)size), (entry.Path, entry.SizeBytes));
            if (fs.Capabilities.HasFlag(StorageCapabilities.ETags))
                Assert.Equal((await fs.StatAsync("new/folder/f")).ETag, entry.ETag);
            Assert.Equal(content, await fs.ReadBytesAsync("new/folder/f"));
        }
    }

    [Theory, BothModes, Rule("O2")]
    public async Task A_write_stream_that_does_not_complete_leaves_the_old_content(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("f", "old");
        await using (var stream = await fs.OpenWriteAsync("f")) await stream.WriteAsync(Bytes(2 * PartBytes));
        await using (var stream = await fs.OpenWriteAsync("absent")) await stream.WriteAsync(Bytes(10));
        await using (await fs.OpenWriteAsync("absent"))
        {
        }
        using var cancel = new CancellationTokenSource();
        await using (var stream = await fs.OpenWriteAsync("f", null, cancel.Token))
        {
            await stream.WriteAsync(Bytes(PartBytes));
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream.CompleteAsync(cancel.Token));
        }
        Assert.Equal("old", await fs.ReadTextAsync("f"));
        Assert.Equal(["f"], await Paths(fs));
    }

    [Theory, BothModes, Rule("O3")]
    public async Task A_write_stream_takes_the_conditions_and_what_is_stored_beside(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await Declared(fs, StorageCapabilities.Conditions, async () =>
        {
            await using (var first = await fs.OpenWriteAsync("f", IfAbsent))
            await using (var second = await fs.OpenWriteAsync("f", IfAbsent))
            {
                await first.WriteAsync(new byte[] { 1 });
                await second.WriteAsync(new byte[] { 2 });
                await first.CompleteAsync();
                await Fails(StorageErrorKind.PreconditionFailed, nameof(IFileSystem.OpenWrite), "f", () => second.CompleteAsync());
            }
            Assert.Equal([1], await fs.ReadBytesAsync("f"));
        }, () => fs.OpenWriteAsync("f", IfAbsent));
        await Declared(fs, StorageCapabilities.Metadata, async () =>
        {
            await using var stream = await fs.OpenWriteAsync("g", new() { Metadata = new Dictionary<string, string> { ["k"] = "v" } });
            await stream.CompleteAsync();
            Assert.Equal("v", (await fs.StatAsync("g")).Metadata["k"]);
        }, () => fs.OpenWriteAsync("g", new() { Metadata = new Dictionary<string, string> { ["k"] = "v" } }));
    }

    [Theory, BothModes, Rule("O4")]
    public async Task A_write_stream_says_that_it_has_ended(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var stream = await fs.OpenWriteAsync("f");
        Assert.Equal((true, false, false), (stream.CanWrite, stream.CanRead, stream.CanSeek));
        await stream.FlushAsync();
        await stream.CompleteAsync();
        Assert.False(stream.CanWrite);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.WriteAsync(new byte[1]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => stream.CompleteAsync());
        await stream.DisposeAsync();
        await stream.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await stream.WriteAsync(new byte[1]));
        Assert.Throws<ObjectDisposedException>(() => stream.WriteByte(1));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => stream.CompleteAsync());
        Assert.Empty(await fs.ReadBytesAsync("f"));
        await Assert.ThrowsAsync<StorageException>(() => fs.OpenWriteAsync("../f"));
    }
}
