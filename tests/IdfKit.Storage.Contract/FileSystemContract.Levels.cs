using Xunit;

namespace IdfKit.Storage.Contract;

public abstract partial class FileSystemContract
{
    [Theory, BothModes, Rule("V1")]
    public async Task ListFolder_gives_the_files_and_the_folders_of_one_level_in_order(Mode mode)
    {
        var fs = await OpenTree(mode);
        Assert.Equal(["a-b.idf", "a.idf", "a/", "a0.idf", "run-1/", "run-2/", "z.epw"], await Level(fs, ""));
        Assert.Equal(["a/b.idf", "a/b/", "a/e.IDF"], await Level(fs, "a"));
        Assert.Equal(["run-2/deep/", "run-2/eplusout.sql"], await Level(fs, "run-2"));
        Assert.Empty(await Level(fs, "absent"));
        Assert.Empty(await Level(fs, "ru"));
        Assert.Empty(await Level(fs, "a.idf"));
        var file = (await fs.ListFolderAsync("a").ToListAsync())[0];
        Assert.Equal((7L, false), (file.SizeBytes, file.IsFolder));
        Assert.Equal(StorageErrorKind.InvalidPath,
            (await Assert.ThrowsAsync<StorageException>(async () => await Level(fs, "../x"))).Kind);
    }

    [Theory, BothModes, Rule("V2")]
    public async Task ListFolder_goes_on_where_it_was_cut(Mode mode)
    {
        var fs = await OpenTree(mode);
        var all = await Level(fs, "");
        foreach (var limit in new[] { 1, 2, 3, 100 })
        {
            var found = new List<string>();
            while (true)
            {
                var some = await Level(fs, "", new ListOptions { Limit = limit, StartAfter = found.LastOrDefault() });
                Assert.True(some.Count <= limit);
                if (some.Count == 0) break;
                found.AddRange(some);
            }
            Assert.Equal(all, found);
        }
        Assert.Equal(["a0.idf", "run-1/"], await Level(fs, "", new ListOptions { StartAfter = "a/zzz", Limit = 2 }));
        Assert.Equal(["a/b/", "a/e.IDF"], await Level(fs, "a", new ListOptions { StartAfter = "a/b.idf" }));
        Assert.Equal(all, await Level(fs, "", new ListOptions { StartAfter = "A" }));
        Assert.Empty(await Level(fs, "", new ListOptions { StartAfter = "zz" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ListOptions { Limit = 0 });
    }

    [Theory, BothModes, Rule("V1", "V2")]
    public async Task ListFolder_is_complete_beyond_one_page(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var paths = Enumerable.Range(0, ManyFiles / 2).Select(i => i % 2 == 0 ? $"d/{i:x}" : $"d/{i:x}/in").ToList();
        await Parallel.ForEachAsync(paths, new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (path, _) => await fs.WriteBytesAsync(path, new byte[1], CancellationToken.None));
        var expected = paths.Select(path => path.Replace("/in", "/", StringComparison.Ordinal)).Order(StoragePath.Order).ToList();
        Assert.Equal(expected, await Level(fs, "d"));
        Assert.Equal(expected.Take(ManyFiles / 2 - 7), await Level(fs, "d", new ListOptions { Limit = ManyFiles / 2 - 7 }));
    }

    [Theory, BothModes, Rule("V3")]
    public async Task ListFolder_shows_an_empty_folder_where_folders_exist(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.MakeDirectoriesAsync("empty");
        Assert.Equal(fs.Capabilities.HasFlag(StorageCapabilities.Directories) ? ["empty/"] : [], await Level(fs, ""));
    }

    [Theory, BothModes, Rule("K1")]
    public async Task ReadRanges_gives_each_range_in_the_order_asked(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var content = Bytes(3 * PartBytes + 5);
        await fs.WriteBytesAsync("f", content);
        FileRange[] ranges =
        [
            new(content.Length - 3, 10), new(0, 4), new(2, 8), new(PartBytes - 1, 2), new(content.Length, 1),
            new(long.MaxValue - 1, int.MaxValue), new(5, 0), new(0, content.Length), new(2 * PartBytes, 1),
        ];
        var pieces = await fs.ReadRangesAsync("f", ranges);
        Assert.Equal(ranges.Length, pieces.Count);
        foreach (var (range, piece) in ranges.Zip(pieces))
        {
            var expected = range.Offset >= content.Length ? [] : content.Skip((int)range.Offset).Take(range.Count);
            Assert.Equal(expected, piece.ToArray());
        }
        Assert.Empty(await fs.ReadRangesAsync("f", []));
        await Fails(StorageErrorKind.NotFound, nameof(IFileSystem.ReadRanges), "absent", () => fs.ReadRangesAsync("absent", ranges));
        await fs.WriteBytesAsync("empty", Array.Empty<byte>());
        Assert.All(await fs.ReadRangesAsync("empty", ranges), piece => Assert.Equal(0, piece.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FileRange(-1, 1));
    }

    [Theory, BothModes, Rule("K2")]
    public async Task Versions_and_signed_addresses_are_refused_where_they_are_not_declared(Mode mode)
    {
        var fs = await OpenAsync(mode);
        if (!fs.Capabilities.HasFlag(StorageCapabilities.Versions))
            await Assert.ThrowsAsync<NotSupportedException>(() => fs.OpenReadVersionAsync("f", "1"));
        if (fs.Capabilities.HasFlag(StorageCapabilities.Presign))
        {
            Assert.True((await fs.PresignGetAsync("f", TimeSpan.FromMinutes(1))).IsAbsoluteUri);
            return;
        }
        await Assert.ThrowsAsync<NotSupportedException>(() => fs.PresignGetAsync("f", TimeSpan.FromMinutes(1)));
        await Assert.ThrowsAsync<NotSupportedException>(() => fs.PresignPutAsync("f", TimeSpan.FromMinutes(1)));
    }

    [Theory, BothModes, Rule("K3")]
    public async Task A_content_type_is_read_back_where_it_is_kept(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteAsync("f", Text("x"), new WriteOptions { ContentType = "text/html; charset=utf-8" });
        await fs.CopyAsync("f", "g");
        foreach (var path in new[] { "f", "g" })
            Assert.Equal(fs.Capabilities.HasFlag(StorageCapabilities.ContentType) ? "text/html; charset=utf-8" : null,
                (await fs.StatAsync(path)).ContentType);
    }

    private static async Task<List<string>> Level(IAsyncFileSystem fs, string folder, ListOptions? options = null) =>
        await fs.ListFolderAsync(folder, options).Select(entry => entry.IsFolder ? entry.Path + "/" : entry.Path).ToListAsync();
}
