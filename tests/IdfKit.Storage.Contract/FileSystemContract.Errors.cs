using Xunit;

namespace IdfKit.Storage.Contract;

public abstract partial class FileSystemContract
{
    [Theory, BothModes, Rule("F1")]
    public async Task Failure_bears_the_name_of_the_operation_that_was_called(Mode mode)
    {
        var fs = await OpenAsync(mode);
        (string Operation, Func<string, Task> Call)[] calls =
        [
            (nameof(IFileSystem.ReadBytes), path => fs.ReadBytesAsync(path)),
            (nameof(IFileSystem.ReadText), path => fs.ReadTextAsync(path)),
            (nameof(IFileSystem.Stat), path => fs.StatAsync(path)),
            (nameof(IFileSystem.OpenRead), path => fs.OpenReadAsync(path)),
            (nameof(IFileSystem.ReadRange), path => fs.ReadRangeAsync(path, 0, new byte[1])),
            (nameof(IFileSystem.ReadRanges), path => fs.ReadRangesAsync(path, [new FileRange(0, 1)])),
            (nameof(IFileSystem.Download), path => fs.DownloadAsync(path, LocalFile("never"))),
            (nameof(IFileSystem.Copy), path => fs.CopyAsync(path, "b")),
            (nameof(IFileSystem.Move), path => fs.MoveAsync(path, "b")),
            (nameof(IFileSystem.Remove), path => fs.RemoveAsync(path)),
        ];
        foreach (var (operation, call) in calls) await Fails(StorageErrorKind.NotFound, operation, "absent", () => call("absent"));
        (string Operation, Func<string, Task> Call)[] others =
        [
            (nameof(IFileSystem.WriteBytes), path => fs.WriteBytesAsync(path, new byte[1])),
            (nameof(IFileSystem.WriteText), path => fs.WriteTextAsync(path, "x")),
            (nameof(IFileSystem.Write), path => fs.WriteAsync(path, Text("x"))),
            (nameof(IFileSystem.Upload), path => fs.UploadAsync(LocalFile("u", [1]), path)),
            (nameof(IFileSystem.OpenWrite), path => fs.OpenWriteAsync(path)),
            (nameof(IFileSystem.Exists), path => fs.ExistsAsync(path)),
            (nameof(IFileSystem.MakeDirectories), path => fs.MakeDirectoriesAsync(path)),
            (nameof(IFileSystem.List), async path => await fs.ListAsync(path).ToListAsync()),
            (nameof(IFileSystem.Glob), async path => await fs.GlobAsync(path, "*").ToListAsync()),
            (nameof(IFileSystem.ListFolder), async path => await fs.ListFolderAsync(path).ToListAsync()),
            (nameof(IFileSystem.RemoveFolder), path => fs.RemoveFolderAsync(path)),
        ];
        foreach (var (operation, call) in calls.Concat(others))
            await Fails(StorageErrorKind.InvalidPath, operation, "a//b", () => call("a//b"));
    }

    [Theory, BothModes, Rule("F6")]
    public async Task Message_shows_the_control_characters_of_a_path_and_holds_none(Mode mode)
    {
        var fs = await OpenAsync(mode);
        foreach (var path in new[] { "a\r\nERROR all is lost", "a\0b", "a\u001b[31m", "a\u007fb", "a\ud800b", "a/../\u0085\u2028\u202eb" })
        {
            foreach (Func<Task> call in (Func<Task>[])
            [
                () => fs.ReadBytesAsync(path), () => fs.ReadTextAsync(path), () => fs.WriteAsync(path, Text("x")),
                () => fs.RemoveAsync(path), () => fs.CopyAsync(path, "b"), async () => await fs.ListAsync(path).ToListAsync(),
            ])
            {
                var error = await Assert.ThrowsAsync<StorageException>(call);
                Assert.Equal(path, error.Path);
                Assert.DoesNotContain(error.Message, c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u202e');
                Assert.Contains("\\u", error.Message, StringComparison.Ordinal);
            }
        }
        await Fails(StorageErrorKind.NotFound, nameof(IFileSystem.ReadBytes), "a\u2028b", () => fs.ReadBytesAsync("a\u2028b"));
    }

    [Theory, BothModes, Rule("X3")]
    public async Task Listing_that_is_cancelled_on_its_way_gives_no_further_entry(Mode mode)
    {
        var fs = await OpenAsync(mode);
        for (var i = 0; i < 5; i++) await fs.WriteTextAsync($"a/{i}", "x");
        foreach (Func<CancellationToken, IAsyncEnumerable<object>> list in (Func<CancellationToken, IAsyncEnumerable<object>>[])
        [
            token => fs.ListAsync("", token), token => fs.GlobAsync("a", "*", token), token => fs.GlobAsync("", "**", token),
            token => fs.ListFolderAsync("a", null, token),
        ])
        {
            using var source = new CancellationTokenSource();
            var seen = 0;
            var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var _ in list(source.Token))
                    if (++seen == 2) await source.CancelAsync();
            });
            Assert.Equal((2, source.Token), (seen, error.CancellationToken));
        }
    }

    [Theory, BothModes, Rule("R8")]
    public async Task Stream_goes_to_any_place_but_one_before_its_start(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteBytesAsync("f", Bytes(1000));
        using var stream = await fs.OpenReadAsync("f");
        if (!stream.CanSeek) return;
        stream.Position = 7;
        Assert.Throws<IOException>(() => stream.Seek(-1, SeekOrigin.Begin));
        Assert.Throws<IOException>(() => stream.Seek(-8, SeekOrigin.Current));
        Assert.Throws<IOException>(() => stream.Seek(-1001, SeekOrigin.End));
        Assert.Throws<IOException>(() => stream.Seek(long.MinValue, SeekOrigin.End));
        Assert.ThrowsAny<Exception>(() => stream.Seek(long.MaxValue, SeekOrigin.End));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Position = -1);
        Assert.Equal(7, stream.Position);
        Assert.Equal(Bytes(1000)[7], stream.ReadByte());
        foreach (var far in new[] { 1000, 1001, int.MaxValue + 5L, long.MaxValue - 1, long.MaxValue })
        {
            Assert.Equal(far, stream.Seek(far, SeekOrigin.Begin));
            Assert.Equal(0, await stream.ReadAsync(new byte[10]));
            Assert.Equal(0, stream.Read(new byte[5000]));
            Assert.Equal(0, await fs.ReadRangeAsync("f", far, new byte[10]));
        }
        Assert.Equal(0, stream.Seek(0, SeekOrigin.Begin));
        Same(Bytes(1000), await Drain(stream));
    }
}
