using Xunit;

namespace IdfKit.Storage.Contract;

public abstract partial class FileSystemContract
{
    private static readonly string[] Tree =
    [
        "a-b.idf", "a.idf", "a/b.idf", "a/b/c.idf", "a/b/d.epw",
        "a/e.IDF", "a0.idf", "run-1/eplusout.sql", "run-2/eplusout.sql", "run-2/deep/er/eplusout.sql", "z.epw",
    ];

    [Theory, BothModes, Rule("L1", "L2")]
    public async Task Listing_is_complete_and_ordered_by_bytes_beyond_one_page(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var expected = Enumerable.Range(0, ManyFiles)
            .Select(i => $"many/{i * 7919 % 10_007:x}")
            .Append("many/\uffee")
            .Append("many/\U0001F600")
            .Append("many/Z/é")
            .ToList();
        await Parallel.ForEachAsync(expected,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (path, _) => await fs.WriteBytesAsync(path, new byte[1], CancellationToken.None));
        expected.Sort(StoragePath.Order);
        Assert.Equal(expected, await Paths(fs, "many"));
        Assert.Equal(expected, await fs.GlobAsync("", "**").ToListAsync());
        Assert.Equal(expected.Where(path => path.Count(c => c == '/') == 1), await fs.GlobAsync("many", "*").ToListAsync());
    }

    [Theory, BothModes, Rule("L3", "L4")]
    public async Task List_holds_every_file_below_a_folder_and_nothing_beside_it(Mode mode)
    {
        var fs = await OpenTree(mode);
        Assert.Equal(Tree.Order(StoragePath.Order), await Paths(fs));
        Assert.Equal(["a/b.idf", "a/b/c.idf", "a/b/d.epw", "a/e.IDF"], await Paths(fs, "a"));
        Assert.Empty(await Paths(fs, "absent"));
        Assert.Empty(await Paths(fs, "a.idf"));
        Assert.Empty(await Paths(fs, "ru"));
        Assert.All(await fs.ListAsync("").ToListAsync(), entry => Assert.Equal(entry.Path.Length, entry.SizeBytes));
    }

    [Theory, BothModes, Rule("L5", "L6", "L7", "L8")]
    public async Task Glob_means_the_same_everywhere(Mode mode)
    {
        var fs = await OpenTree(mode);
        (string Folder, string Pattern, string[] Expected)[] cases =
        [
            ("", "*.idf", ["a-b.idf", "a.idf", "a0.idf"]),
            ("", "*", ["a-b.idf", "a.idf", "a0.idf", "z.epw"]),
            ("", "*/*.idf", ["a/b.idf"]),
            ("", "**/*.idf", ["a-b.idf", "a.idf", "a/b.idf", "a/b/c.idf", "a0.idf"]),
            ("", "run-?/eplusout.sql", ["run-1/eplusout.sql", "run-2/eplusout.sql"]),
            ("", "run-*/**/eplusout.sql", ["run-1/eplusout.sql", "run-2/deep/er/eplusout.sql", "run-2/eplusout.sql"]),
            ("", "run-[!1]/*", ["run-2/eplusout.sql"]),
            ("", "run-[0-1]/*", ["run-1/eplusout.sql"]),
            ("", "a/b.idf", ["a/b.idf"]),
            ("", "a/**", ["a/b.idf", "a/b/c.idf", "a/b/d.epw", "a/e.IDF"]),
            ("a", "*.idf", ["a/b.idf"]),
            ("a", "*.IDF", ["a/e.IDF"]),
            ("a", "b/*", ["a/b/c.idf", "a/b/d.epw"]),
            ("a/b", "*.epw", ["a/b/d.epw"]),
            ("a", "**/*.epw", ["a/b/d.epw"]),
            ("a", "b", []),
            ("absent", "**", []),
            ("", "a", []),
        ];
        foreach (var (folder, pattern, expected) in cases)
        {
            var found = await fs.GlobAsync(folder, pattern).ToListAsync();
            Assert.True(expected.SequenceEqual(found), $"{pattern} in '{folder}' gave {string.Join(", ", found)}");
            foreach (var path in found) Assert.True(await fs.ExistsAsync(path));
        }
        foreach (var wrong in new[] { "", "/a", "a/" })
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await fs.GlobAsync("", wrong).ToListAsync());
    }

    private async Task<IAsyncFileSystem> OpenTree(Mode mode)
    {
        var fs = await OpenAsync(mode);
        foreach (var path in Tree) await fs.WriteTextAsync(path, path);
        return fs;
    }
}
