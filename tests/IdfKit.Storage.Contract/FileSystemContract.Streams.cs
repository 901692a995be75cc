using Xunit;

namespace IdfKit.Storage.Contract;

public abstract partial class FileSystemContract
{
    [Theory, BothModes, Rule("R11")]
    public async Task Stream_refuses_everything_after_dispose(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("f", "0123456789");
        var stream = await fs.OpenReadAsync("f");
        var couldSeek = stream.CanSeek;
        await stream.DisposeAsync();
        await stream.DisposeAsync();
        Assert.False(stream.CanRead);
        Assert.False(stream.CanSeek);
        Assert.Throws<ObjectDisposedException>(() => stream.Read(new byte[1]));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await stream.ReadExactlyAsync(new byte[1]));
        if (!couldSeek) return;
        Assert.Throws<ObjectDisposedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<ObjectDisposedException>(() => stream.Position);
        Assert.Throws<ObjectDisposedException>(() => stream.Position = 1);
        Assert.Throws<ObjectDisposedException>(() => stream.Length);
    }

    [Theory, BothModes, Rule("W16")]
    public async Task Write_refuses_a_stream_that_cannot_be_read_and_stores_nothing_of_one_behind_its_end(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("f", "old");
        var local = Path.Combine(Directory.CreateTempSubdirectory().FullName, "written");
        await using (var written = new FileStream(local, FileMode.Create, FileAccess.Write))
            await Assert.ThrowsAsync<NotSupportedException>(() => fs.WriteAsync("f", written));
        var closed = Text("new");
        await closed.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => fs.WriteAsync("f", closed));
        Assert.Equal("old", await fs.ReadTextAsync("f"));
        var behind = Text("new");
        behind.Position = 20;
        Assert.Equal(0, (await fs.WriteAsync("f", behind)).SizeBytes);
        Assert.Equal("", await fs.ReadTextAsync("f"));
        Directory.Delete(Path.GetDirectoryName(local)!, recursive: true);
    }

    [Theory, BothModes, Rule("W17")]
    public async Task Options_hold_what_they_were_given_whatever_happens_to_a_dictionary(Mode mode)
    {
        var fs = await OpenAsync(mode);
        if (!fs.Capabilities.HasFlag(StorageCapabilities.Metadata)) return;
        var given = new Dictionary<string, string> { ["a"] = "1" };
        var options = new WriteOptions { Metadata = given };
        await using (var stream = await fs.OpenWriteAsync("f", options))
        {
            (given["a"], given["b\n"]) = ("2", "x");
            await stream.WriteAsync(Bytes(10));
            await stream.CompleteAsync();
        }
        Assert.Equal([new("a", "1")], (await fs.StatAsync("f")).Metadata);
    }

    [Theory, BothModes, Rule("O2", "O4")]
    public async Task A_write_stream_stores_nothing_once_a_write_or_its_completion_was_cancelled(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("f", "old");
        var cancelled = new CancellationToken(canceled: true);
        await using (var stream = await fs.OpenWriteAsync("f"))
        {
            await stream.WriteAsync(Bytes(10));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.WriteAsync(Bytes(10), cancelled));
            await Assert.ThrowsAsync<InvalidOperationException>(() => stream.CompleteAsync());
        }
        await using (var stream = await fs.OpenWriteAsync("f"))
        {
            await stream.WriteAsync(Bytes(10));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream.CompleteAsync(cancelled));
            await Assert.ThrowsAsync<InvalidOperationException>(() => stream.CompleteAsync());
        }
        Assert.Equal("old", await fs.ReadTextAsync("f"));
    }

    [Theory, BothModes, Rule("W4", "O2")]
    public async Task Write_that_fails_leaves_no_folder_that_was_made_for_it(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await Assert.ThrowsAsync<InvalidDataException>(() => fs.WriteAsync(
            "new/folder/f", new InterruptedStream(Bytes(20_000), 10_000, () => throw new InvalidDataException("The caller's."))));
        await using (var stream = await fs.OpenWriteAsync("new/other/f")) await stream.WriteAsync(Bytes(10));
        if (fs.Capabilities.HasFlag(StorageCapabilities.Conditions))
            await Assert.ThrowsAsync<StorageException>(() => fs.WriteAsync("new/f", Text("x"), new WriteOptions { IfMatch = "1-1" }));
        Assert.Empty(await Level(fs, ""));
    }

    [Theory, BothModes, Rule("R7", "W5")]
    public async Task Download_whose_progress_fails_says_so_and_leaves_the_local_file(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteBytesAsync("f", Bytes(100_000), CancellationToken.None);
        var folder = Directory.CreateTempSubdirectory().FullName;
        var local = Path.Combine(folder, "f");
        await File.WriteAllTextAsync(local, "old");
        foreach (var failure in new Exception[] { new InvalidDataException("The caller's."), new IOException("The caller's.") })
        {
            var error = await Assert.ThrowsAsync(failure.GetType(), () => fs.DownloadAsync("f", local, new FailingProgress(failure)));
            Assert.Equal("The caller's.", error.Message);
            await Assert.ThrowsAsync(
                failure.GetType(), () => fs.DownloadAsync("f", Path.Combine(folder, "new", "f"), new FailingProgress(failure)));
        }
        Assert.Equal("old", await File.ReadAllTextAsync(local));
        Assert.Equal([local], Directory.GetFileSystemEntries(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Theory, BothModes, Rule("K1")]
    public async Task ReadRanges_makes_room_for_what_there_is_however_much_was_asked(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("f", "0123456789");
        FileRange[] asked =
            [new(0, int.MaxValue), new(5, int.MaxValue), new(10, int.MaxValue), new(long.MaxValue, int.MaxValue), new(long.MaxValue, 1)];
        Assert.Equal([10, 5, 0, 0, 0], (await fs.ReadRangesAsync("f", asked)).Select(piece => piece.Length));
        Assert.Equal([0], (await fs.ReadRangesAsync("f", [new(long.MaxValue, 1)])).Select(piece => piece.Length));
        await Fails(StorageErrorKind.NotFound, nameof(IFileSystem.ReadRanges), "no", () => fs.ReadRangesAsync("no", []));
        await Fails(
            StorageErrorKind.NotFound, nameof(IFileSystem.ReadRanges), "no", () => fs.ReadRangesAsync("no", [new(long.MaxValue, 1)]));
    }

    [Theory, BothModes, Rule("P1", "P3")]
    public async Task Paths_hold_whatever_is_no_control_character_and_null_is_none(Mode mode)
    {
        var fs = await OpenAsync(mode);
        string[] paths = ["a\ufffeb", "a\uffff", "a\u2028b", "a<b&c", "]]>", "&#13;"];
        foreach (var path in paths) await fs.WriteTextAsync(path, path);
        Assert.Equal(paths.Order(StoragePath.Order), await Paths(fs));
        await fs.RemoveManyAsync(paths);
        Assert.Empty(await Paths(fs));
        foreach (var path in new[] { "a\u0080b", "a\u0085b", "\u009f" })
            await Fails(StorageErrorKind.InvalidPath, nameof(IFileSystem.WriteText), path, () => fs.WriteTextAsync(path, "x"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => fs.ReadBytesAsync(null!));
    }

    [Theory, BothModes, Rule("W13", "K3")]
    public async Task A_content_type_is_read_back_as_headers_write_it(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteAsync("f", Text("x"), new WriteOptions { ContentType = "text/csv;charset=utf-8" });
        if (fs.Capabilities.HasFlag(StorageCapabilities.ContentType))
            Assert.Equal("text/csv; charset=utf-8", (await fs.StatAsync("f")).ContentType);
        await Fails(StorageErrorKind.InvalidOptions, nameof(IFileSystem.Write), "f",
            () => fs.WriteAsync("f", Text("y"), new WriteOptions { ContentType = "text/csv; charset" }));
    }

    private sealed class FailingProgress(Exception failure) : IProgress<long>
    {
        public void Report(long value) => throw failure;
    }
}
