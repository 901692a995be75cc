using TestBed;

using IdfKit.Engine.Folders;
using IdfKit.Runs.Publishing;
using IdfKit.Runs.Tests.Records;

namespace IdfKit.Runs.Tests.Publishing;

/// <summary>Which of the files that a run leaves are its results.</summary>
public sealed class LeftResultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        FolderRemoval.TryRemove(_folder.Path); // names that .NET cannot remove
        Directory.CreateDirectory(_folder.Path);
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_file_of_the_real_energyplus_is_kept()
    {
        using var ending = await RealEnding.OfAsync(RealEnding.Model(), new RunOptions { Readvars = true });
        var directory = Path.GetDirectoryName(ending["eplusout.err"])!;
        var left = LeftResults.In(directory, new ResultRule("eplus", null));
        Assert.Empty(left.Behind.Sentences());
        Assert.Equal(Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
            left.Files.Select(file => file.Path));
    }

    [Fact]
    public void Each_kind_of_what_is_left_out_is_told_once_with_its_count()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        File.WriteAllText(_folder["eplusout.eso"], "");
        foreach (var name in (string[])["a.csv", "b.csv", "run.json"]) File.WriteAllText(_folder[name], "");
        Hostile.Pipe(_folder["eplusout.mtr"]);
        Directory.CreateDirectory(_folder["m"]);
        Hostile.FileNamed(_folder.Path, 0xff);
        Hostile.FileNamed(_folder.Path, (byte)'m', (byte)'\\', (byte)'r');
        var left = LeftResults.In(_folder.Path, new ResultRule("eplus", null));
        Assert.Equal(["eplusout.eso"], left.Files.Select(file => file.Path));
        string[] told = [.. left.Behind.Sentences()];
        Assert.Equal(3, told.Length);
        Assert.Contains("3 files", told[0], StringComparison.Ordinal);
        Assert.Contains("2 entries", told[1], StringComparison.Ordinal);
        Assert.Contains("2 files", told[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Name_too_long_for_where_the_results_go_is_left_out()
    {
        File.WriteAllText(_folder["eplusout.eso"], "");
        File.WriteAllText(_folder["eplusout.err"], "");
        File.WriteAllText(_folder["eplusout_perflog.csv"], "");
        var left = LeftResults.In(_folder.Path, new ResultRule("eplus", null) { MostBytes = 12 });
        Assert.Equal(["eplusout.err", "eplusout.eso"], left.Files.Select(file => file.Path));
        Assert.Single(left.Behind.Sentences());
    }

    [Fact]
    public void Folders_are_looked_into_to_a_bound()
    {
        var deep = _folder.Path;
        for (var i = 0; i < 30; i++)
        {
            deep = Path.Combine(deep, "d");
            Directory.CreateDirectory(deep);
            File.WriteAllText(Path.Combine(deep, "f"), "");
        }
        var left = LeftResults.In(_folder.Path, new ResultRule("eplus", ["**"]));
        Assert.Equal(7, left.Files.Count);
        Assert.Contains("'d/d/d/d/d/d/d/d'", Assert.Single(left.Behind.Sentences()), StringComparison.Ordinal);
    }
}
