using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.Tests;

/// <summary>One level of a folder on disk, cut: the first entries of the order, wherever the disk holds them.</summary>
[CollectionDefinition(nameof(LocalLevelTests), DisableParallelization = true)]
[Collection(nameof(LocalLevelTests))]
public sealed class LocalLevelTests : IDisposable
{
    private const int Files = 20_000;

    private readonly TemporaryFolder _folder = new();
    private readonly LocalFileSystem _files;

    public LocalLevelTests() => _files = new LocalFileSystem(_folder["root"]);

    public void Dispose() => _folder.Dispose();

    [Theory, Rule("V1", "V2")]
    [InlineData("")]
    [InlineData("d/e")]
    public void Limit_gives_the_first_entries_of_the_order_page_after_page(string folder)
    {
        const int Seed = 11;
        var random = new Random(Seed);
        string[] odd = ["a", "a-b", "a b", "ab", "A", "\u00e9", "e\u0301", "zz", "\ue000", "😀", "~", "日本"];
        var names = odd.Concat(Enumerable.Range(0, 120).Select(number => $"n{number}")).ToArray();
        random.Shuffle(names);
        var expected = new List<string>();
        foreach (var name in names)
        {
            var isFolder = random.Next(3) == 0;
            var path = StoragePath.Join(folder, name);
            _files.WriteText(isFolder ? path + "/below" : path, "x");
            expected.Add(isFolder ? path + "/" : path);
        }
        expected.Sort(StoragePath.Order);
        foreach (var limit in new[] { 1, 2, 3, 7, 66, 131, 132, 133, int.MaxValue }) Assert.Equal(expected, Paged(folder, limit));
    }

    [Fact, Rule("R9", "V2")]
    public void What_is_no_file_takes_no_place_of_those_that_are()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Makes links and names that other systems do not have.");
        foreach (var number in Enumerable.Range(0, 40)) File.CreateSymbolicLink(Made($"a{number:00}"), "/nowhere");
        foreach (var number in Enumerable.Range(0, 40)) File.WriteAllText(Made($"b{number:00}\u0001"), "x");
        foreach (var number in Enumerable.Range(0, 40)) File.CreateSymbolicLink(Made($"c{number:00}"), "/dev/null");
        System.Diagnostics.Process.Start("mkfifo", Enumerable.Range(0, 40).Select(number => Made($"a pipe {number}"))).WaitForExit();
        foreach (var number in Enumerable.Range(0, 5)) _files.WriteText($"d{number}", "x");
        Assert.Equal(["d0", "d1", "d2", "d3", "d4"], Paged("", 2));
    }

    [Fact, Rule("L9", "V2")]
    public void Memory_does_not_grow_with_the_folder()
    {
        Directory.CreateDirectory(_folder["root"]);
        foreach (var number in Enumerable.Range(0, Files)) File.Create(_folder["root", $"a long name for a file {number:d6}"]).Dispose();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var level = _files.ListFolder("", new ListOptions { Limit = 10 }).GetEnumerator();
        Assert.True(level.MoveNext());
        Assert.EndsWith(" 000000", level.Current.Path, StringComparison.Ordinal);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(held < 200_000, $"{held} bytes held for 10 of {Files} entries, which all together need more than 2 MB");
    }

    private string Made(string name)
    {
        Directory.CreateDirectory(_folder["root"]);
        return _folder["root", name];
    }

    private List<string> Paged(string folder, int limit)
    {
        var (all, start) = (new List<string>(), (string?)null);
        while (true)
        {
            var page = _files.ListFolder(folder, new ListOptions { Limit = limit, StartAfter = start })
                .Select(entry => entry.IsFolder ? entry.Path + "/" : entry.Path)
                .ToList();
            Assert.InRange(page.Count, 0, limit);
            if (page.Count == 0) return all;
            all.AddRange(page);
            start = page[^1];
        }
    }
}
