using Xunit;

namespace IdfKit.Storage.Contract;

public abstract partial class FileSystemContract
{
    [Theory, BothModes, Rule("E1")]
    public async Task Exists_is_true_for_a_file_only(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteBytesAsync("a/b", Array.Empty<byte>());
        Assert.True(await fs.ExistsAsync("a/b"));
        foreach (var path in new[] { "a", "a/", "b", "a/b/c", "a/bc", "A/b" }.Where(StoragePath.IsValid))
            Assert.False(await fs.ExistsAsync(path));
        await fs.RemoveAsync("a/b");
        Assert.False(await fs.ExistsAsync("a/b"));
    }

    [Theory, BothModes, Rule("E3")]
    public async Task Stat_gives_size_and_time_and_an_etag_that_every_write_changes(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("f", "1");
        var first = await fs.StatAsync("f");
        Assert.Equal(("f", 1L), (first.Path, first.SizeBytes));
        if (fs.Capabilities.HasFlag(StorageCapabilities.Stat)) Assert.NotNull(first.Modified);
        if (!fs.Capabilities.HasFlag(StorageCapabilities.ETags)) return;
        Assert.DoesNotContain('"', first.ETag!);
        await fs.WriteTextAsync("f", "2");
        var second = await fs.StatAsync("f");
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(second.ETag, (await fs.ListAsync("").ToListAsync()).Single().ETag);
    }

    [Theory, BothModes, Rule("C1")]
    public async Task Copy_replaces_the_destination_and_keeps_the_source(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("a", "new");
        await fs.WriteTextAsync("x/y/z", "old and longer");
        await fs.CopyAsync("a", "x/y/z");
        await fs.CopyAsync("a", "new/folder/f");
        Assert.Equal("new", await fs.ReadTextAsync("x/y/z"));
        Assert.Equal("new", await fs.ReadTextAsync("new/folder/f"));
        Assert.Equal("new", await fs.ReadTextAsync("a"));
    }

    [Theory, BothModes, Rule("C2")]
    public async Task Copy_of_what_is_absent_is_NotFound_and_changes_nothing(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("kept", "old");
        await Fails(StorageErrorKind.NotFound, nameof(IFileSystem.Copy), "absent", () => fs.CopyAsync("absent", "kept"));
        await Fails(StorageErrorKind.NotFound, nameof(IFileSystem.Copy), "absent", () => fs.CopyAsync("absent", "absent"));
        Assert.Equal("old", await fs.ReadTextAsync("kept"));
    }

    [Theory, BothModes, Rule("C3")]
    public async Task Copy_onto_itself_changes_nothing(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("f", "same");
        await fs.CopyAsync("f", "f");
        Assert.Equal("same", await fs.ReadTextAsync("f"));
    }

    [Theory, BothModes, Rule("D1", "D2")]
    public async Task Remove_removes_one_file_and_is_NotFound_when_there_is_none(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("a/b", "x");
        await fs.WriteTextAsync("a/bc", "x");
        await fs.RemoveAsync("a/b");
        Assert.Equal(["a/bc"], await Paths(fs));
        foreach (var path in new[] { "a/b", "a", "none/at/all", "a/bc/d" })
            await Fails(StorageErrorKind.NotFound, nameof(IFileSystem.Remove), path, () => fs.RemoveAsync(path));
        Assert.Equal(["a/bc"], await Paths(fs));
    }
}
