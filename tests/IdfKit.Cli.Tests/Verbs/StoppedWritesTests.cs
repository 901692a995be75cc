using IdfKit.Cli.Places;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary>Which hidden files a later call removes: never one that another call still writes, however long that takes.</summary>
public sealed class StoppedWritesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>As on a disk that has no locks (NFS): the file of a process that runs is not even open.</summary>
    [Fact]
    public void File_of_a_process_that_runs_stays_whatever_its_age()
    {
        var own = StoppedWrites.NewIn(_folder.Path);
        Write(own, TimeSpan.FromDays(400));
        StoppedWrites.Remove(_folder.Path);
        Assert.True(File.Exists(own));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(60 * 47, false)]
    public void File_of_another_machine_stays_until_nobody_has_written_to_it_for_a_day(int minutes, bool stays)
    {
        var other = _folder[".idfkit-tmp-" + Guid.NewGuid().ToString("N")];
        Write(other, TimeSpan.FromMinutes(minutes));
        StoppedWrites.Remove(_folder.Path);
        Assert.Equal(stays, File.Exists(other));
    }

    [Theory]
    [InlineData(".idfkit-tmp-")]
    [InlineData(".idfkit-tmp-lock")]
    [InlineData(".idfkit-get")]
    [InlineData("runs.csv")]
    public void Other_files_stay(string name)
    {
        Write(_folder[name], TimeSpan.FromDays(400));
        StoppedWrites.Remove(_folder.Path);
        Assert.True(File.Exists(_folder[name]));
    }

    [Fact]
    public void Names_are_never_the_same() =>
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => StoppedWrites.NewIn(_folder.Path)).Distinct().Count());

    private static void Write(string path, TimeSpan age)
    {
        File.WriteAllText(path, "half");
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime - age);
    }
}
