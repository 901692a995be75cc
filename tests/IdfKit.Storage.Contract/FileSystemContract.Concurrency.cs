using Xunit;

namespace IdfKit.Storage.Contract;

public abstract partial class FileSystemContract
{
    [Theory, BothModes, Rule("X1")]
    public async Task Cancelled_before_it_starts_no_operation_does_anything(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("f", "kept");
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var token = source.Token;
        foreach (Func<Task> call in (Func<Task>[])
        [
            () => fs.ReadBytesAsync("f", token), () => fs.WriteBytesAsync("f", new byte[1], token),
            () => fs.ReadTextAsync("f", null, token), () => fs.WriteTextAsync("f", "x", null, token),
            () => fs.ExistsAsync("f", token), () => fs.MakeDirectoriesAsync("g", false, token),
            () => fs.CopyAsync("f", "g", token), () => fs.RemoveAsync("f", token), () => fs.StatAsync("f", token),
            () => fs.OpenReadAsync("f", token),
            () => fs.ReadRangeAsync("f", 0, new byte[1], token), () => fs.WriteAsync("f", Text("x"), null, token),
            () => fs.UploadAsync(LocalFile("u", [1]), "f", null, null, token), () => fs.DownloadAsync("f", LocalFile("d"), null, token),
            async () => await fs.GlobAsync("", "*", token).ToListAsync(), async () => await fs.ListAsync("", token).ToListAsync(),
            () => fs.OpenWriteAsync("f", null, token), () => fs.MoveAsync("f", "g", token), () => fs.RemoveManyAsync(["f"], token),
            () => fs.RemoveFolderAsync("g", token), () => fs.ReadRangesAsync("f", [new FileRange(0, 1)], token),
            async () => await fs.ListFolderAsync("", null, token).ToListAsync(),
        ])
        {
            var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
            Assert.Equal(token, error.CancellationToken);
        }
        Assert.Equal(["f"], await Paths(fs));
        Assert.Equal("kept", await fs.ReadTextAsync("f"));
    }

    [Theory, BothModes, Rule("N1")]
    public async Task Sixty_four_writers_on_one_path_leave_one_whole_content(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await Parallel.ForEachAsync(Enumerable.Range(0, 64),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (number, _) => await fs.WriteBytesAsync("one", Filled(number), CancellationToken.None));
        var content = await fs.ReadBytesAsync("one");
        Same(Filled(content[0]), content);
        Assert.Equal(["one"], await Paths(fs));
    }

    [Theory, BothModes, Rule("N2")]
    public async Task Readers_see_the_old_content_or_the_new_and_nothing_between(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteBytesAsync("f", Filled(0));
        using var done = new CancellationTokenSource();
        var reads = 0;
        var writer = Task.Run(async () =>
        {
            // A back end in memory ends 40 writes before another thread has begun to read.
            for (var round = 1; round < 40 || (Volatile.Read(ref reads) == 0 && round < 100_000); round++)
                await fs.WriteBytesAsync("f", Filled(round), CancellationToken.None);
            await done.CancelAsync();
        }, CancellationToken.None);
        while (!done.IsCancellationRequested)
        {
            var content = await fs.ReadBytesAsync("f");
            Same(Filled(content[0]), content);
            Interlocked.Increment(ref reads);
        }
        await writer;
        Assert.True(reads > 0);
    }

    private static byte[] Filled(int number)
    {
        var content = new byte[20_000];
        content.AsSpan().Fill((byte)number);
        return content;
    }
}
