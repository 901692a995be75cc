using IdfKit.Storage.Contract;

using TestBed;

namespace IdfKit.Storage.Tests;

/// <summary>Alone in its process while it runs: what it reads is the memory of all of it.</summary>
[CollectionDefinition(nameof(LocalGlobMemoryTests), DisableParallelization = true)]
[Collection(nameof(LocalGlobMemoryTests))]
public sealed class LocalGlobMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact, Rule("L9")]
    public void Glob_over_many_files_holds_one_folder_in_memory()
    {
        var folders = Needs.Rounds(all: 100, quick: 30);
        foreach (var folder in Enumerable.Range(0, folders))
        {
            Directory.CreateDirectory(_folder["root", $"{folder:d3}"]);
            foreach (var file in Enumerable.Range(0, 1000)) File.Create(_folder["root", $"{folder:d3}", $"{file:d4}"]).Dispose();
        }
        var (count, most, before) = (0, 0L, GC.GetTotalMemory(forceFullCollection: true));
        foreach (var _ in new LocalFileSystem(_folder["root"]).Glob("", "**"))
            if (++count % 10_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        Assert.Equal(folders * 1000, count);
        Assert.True(most < 2_000_000, $"{most} bytes held, where one folder of 1,000 files needs well under 2 MB");
    }

    public void Dispose() => _folder.Dispose();
}
