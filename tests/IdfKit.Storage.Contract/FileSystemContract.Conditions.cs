using Xunit;

namespace IdfKit.Storage.Contract;

public abstract partial class FileSystemContract
{
    private static readonly WriteOptions IfAbsent = new() { IfAbsent = true };

    [Theory, BothModes, Rule("I1")]
    public async Task IfAbsent_writes_once_and_then_changes_nothing(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await Declared(fs, StorageCapabilities.Conditions, async () =>
        {
            await fs.WriteAsync("a/claim", Text("first"), IfAbsent);
            Assert.False((await Fails(StorageErrorKind.PreconditionFailed, nameof(IFileSystem.Write), "a/claim",
                () => fs.WriteAsync("a/claim", Text("second"), IfAbsent))).IsTransient);
            await Fails(StorageErrorKind.PreconditionFailed, nameof(IFileSystem.Upload), "a/claim",
                () => fs.UploadAsync(LocalFile("f", [1]), "a/claim", IfAbsent));
            await Fails(StorageErrorKind.PreconditionFailed, nameof(IFileSystem.Write), "a/claim",
                () => fs.WriteAsync("a/claim", new OneWayStream(Bytes(2 * PartBytes)), IfAbsent));
            Assert.Equal("first", await fs.ReadTextAsync("a/claim"));
            await fs.RemoveAsync("a/claim");
            await fs.WriteAsync("a/claim", Text("third"), IfAbsent);
        }, () => fs.WriteAsync("a/claim", Text("first"), IfAbsent));
    }

    [Theory, BothModes, Rule("I2", "I3")]
    public async Task IfMatch_writes_only_over_the_content_it_names(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await Declared(fs, StorageCapabilities.Conditions, async () =>
        {
            var first = await fs.WriteAsync("f", Text("1"));
            var second = await fs.WriteAsync("f", Text("2"), new WriteOptions { IfMatch = first.ETag });
            await Fails(StorageErrorKind.PreconditionFailed, nameof(IFileSystem.Write), "f",
                () => fs.WriteAsync("f", Text("3"), new WriteOptions { IfMatch = first.ETag }));
            Assert.Equal("2", await fs.ReadTextAsync("f"));
            await fs.WriteAsync("f", Text("4"), new WriteOptions { IfMatch = $"\"{second.ETag}\"" });
            await fs.RemoveAsync("f");
            await Fails(StorageErrorKind.PreconditionFailed, nameof(IFileSystem.Write), "f",
                () => fs.WriteAsync("f", Text("5"), new WriteOptions { IfMatch = second.ETag }));
            Assert.False(await fs.ExistsAsync("f"));
        }, () => fs.WriteAsync("f", Text("1"), new WriteOptions { IfMatch = "x" }));
    }

    [Theory, BothModes, Rule("I4")]
    public async Task Sixteen_writers_with_one_condition_have_one_winner(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await Declared(fs, StorageCapabilities.Conditions, async () =>
        {
            var winner = await Race(fs, IfAbsent, round: 0);
            for (var round = 1; round < 4; round++)
                winner = await Race(fs, new WriteOptions { IfMatch = winner.ETag }, round);
        }, () => fs.WriteAsync("race", Text("x"), IfAbsent));
    }

    [Theory, BothModes, Rule("D3")]
    public async Task Remove_with_ifMatch_removes_only_the_content_it_names(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await Declared(fs, StorageCapabilities.ConditionalRemove, async () =>
        {
            var first = await fs.WriteAsync("f", Text("1"));
            var second = await fs.WriteAsync("f", Text("2"));
            await Fails(StorageErrorKind.PreconditionFailed, nameof(IFileSystem.Remove), "f", () => fs.RemoveAsync("f", first.ETag!));
            await fs.RemoveAsync("f", second.ETag!);
            await Fails(StorageErrorKind.NotFound, nameof(IFileSystem.Remove), "f", () => fs.RemoveAsync("f", second.ETag!));
        }, () => fs.RemoveAsync("f", "x"));
    }

    [Theory, BothModes, Rule("I5")]
    public async Task Contradicting_conditions_are_the_callers_mistake(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await Assert.ThrowsAsync<ArgumentException>(
            () => fs.WriteAsync("f", Text("1"), new WriteOptions { IfAbsent = true, IfMatch = "x" }));
        Assert.False(await fs.ExistsAsync("f"));
    }

    private static async Task<FileEntry> Race(IAsyncFileSystem fs, WriteOptions options, int round)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(0, 16).Select(async number =>
        {
            await start.Task;
            await Task.Yield();
            try
            {
                return (Number: number, Entry: await fs.WriteAsync("race", Text($"writer {number:x} of round {round}"), options));
            }
            catch (StorageException lost) when (lost.Kind is StorageErrorKind.PreconditionFailed or StorageErrorKind.Conflict)
            {
                return (number, null!);
            }
        }).ToList();
        start.SetResult();
        var (winner, entry) = Assert.Single(await Task.WhenAll(writers), result => result.Entry is not null);
        Assert.Equal($"writer {winner:x} of round {round}", await fs.ReadTextAsync("race"));
        return entry;
    }
}
