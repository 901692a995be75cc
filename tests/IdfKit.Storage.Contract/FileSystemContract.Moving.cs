using Xunit;

namespace IdfKit.Storage.Contract;

public abstract partial class FileSystemContract
{
    [Theory, BothModes, Rule("M1")]
    public async Task Move_takes_the_place_of_the_destination_and_leaves_no_source(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("a/from", "content");
        await fs.WriteTextAsync("to", "old");
        var old = await fs.StatAsync("to");
        await fs.MoveAsync("a/from", "to");
        await fs.MoveAsync("to", "new/folder/to");
        Assert.Equal("content", await fs.ReadTextAsync("new/folder/to"));
        Assert.Equal(["new/folder/to"], await Paths(fs));
        if (fs.Capabilities.HasFlag(StorageCapabilities.ETags))
            Assert.NotEqual(old.ETag, (await fs.StatAsync("new/folder/to")).ETag);
    }

    [Theory, BothModes, Rule("M2")]
    public async Task Move_of_what_is_not_there_or_onto_itself_changes_nothing(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("f", "content");
        await fs.MoveAsync("f", "f");
        await Fails(StorageErrorKind.NotFound, nameof(IFileSystem.Move), "absent", () => fs.MoveAsync("absent", "f"));
        Assert.Equal(StorageErrorKind.NotFound, (await Assert.ThrowsAsync<StorageException>(() => fs.MoveAsync("no", "no"))).Kind);
        foreach (var (from, to) in new[] { ("f", "../g"), ("f/", "g"), ("f", ""), ("", "f") })
            Assert.Equal(StorageErrorKind.InvalidPath, (await Assert.ThrowsAsync<StorageException>(() => fs.MoveAsync(from, to))).Kind);
        Assert.Equal("content", await fs.ReadTextAsync("f"));
        Assert.Equal(["f"], await Paths(fs));
    }

    [Theory, BothModes, Rule("M1")]
    public async Task Move_takes_metadata_along(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var beside = new WriteOptions { Metadata = new Dictionary<string, string> { ["who"] = "Zoë" } };
        await Declared(fs, StorageCapabilities.Metadata, async () =>
        {
            await fs.WriteAsync("a", Text("x"), beside);
            await fs.MoveAsync("a", "b");
            Assert.Equal("Zoë", (await fs.StatAsync("b")).Metadata["who"]);
        }, () => fs.WriteAsync("a", Text("x"), beside));
    }

    [Theory, BothModes, Rule("B1", "B2")]
    public async Task RemoveMany_removes_what_is_there_and_minds_not_what_is_gone(Mode mode)
    {
        var fs = await OpenTree(mode);
        await fs.RemoveManyAsync([]);
        await fs.RemoveManyAsync(["a/b.idf", "absent", "a/b/c.idf", "a/b.idf", "a"]);
        Assert.Equal(Tree.Except(["a/b.idf", "a/b/c.idf"]).Order(StoragePath.Order), await Paths(fs));
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.RemoveManyAsync(["z.epw", "../z.epw"]));
        Assert.Equal((StorageErrorKind.InvalidPath, "RemoveMany"), (error.Kind, error.Operation));
        Assert.True(await fs.ExistsAsync("z.epw"));
    }

    [Theory, BothModes, Rule("B1")]
    public async Task RemoveMany_takes_more_than_one_request_holds(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var paths = Enumerable.Range(0, ManyFiles / 2).Select(i => $"many/&<{i}>+ é%2F").ToList();
        await Parallel.ForEachAsync(paths, new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (path, _) => await fs.WriteBytesAsync(path, new byte[1], CancellationToken.None));
        await fs.RemoveManyAsync(paths);
        Assert.Empty(await Paths(fs));
    }

    [Theory, BothModes, Rule("B3")]
    public async Task RemoveFolder_removes_all_below_and_nothing_beside(Mode mode)
    {
        var fs = await OpenTree(mode);
        Assert.Equal(4, await fs.RemoveFolderAsync("a"));
        Assert.Equal(["a-b.idf", "a.idf", "a0.idf", "run-1/eplusout.sql", "run-2/deep/er/eplusout.sql", "run-2/eplusout.sql", "z.epw"],
            await Paths(fs));
        Assert.Equal(0, await fs.RemoveFolderAsync("a"));
        Assert.Equal(0, await fs.RemoveFolderAsync("z.epw"));
        Assert.True(await fs.ExistsAsync("z.epw"));
        foreach (var wrong in new[] { "", "..", "a/" })
            await Fails(StorageErrorKind.InvalidPath, nameof(IFileSystem.RemoveFolder), wrong, () => fs.RemoveFolderAsync(wrong));
        await fs.MakeDirectoriesAsync("run-1", existOk: true);
        Assert.Equal(1, await fs.RemoveFolderAsync("run-1"));
        await fs.MakeDirectoriesAsync("run-1");
    }
}
