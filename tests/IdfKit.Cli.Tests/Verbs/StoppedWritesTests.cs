using System.Diagnostics;

using IdfKit.Cli.Places;
using IdfKit.Storage.Files;

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

    [Fact]
    public void File_of_a_process_that_has_ended_goes_at_once_unless_somebody_has_it_open()
    {
        using var ended = Process.Start("true");
        ended.WaitForExit();
        var own = StoppedWrites.NewIn(_folder.Path);
        const int Machine = 8;
        var start = own[..^32] + own[^32..^(32 - Machine)];
        var (left, open) = (start + $"{ended.Id:x8}0123456789abcdef", start + $"{ended.Id:x8}fedcba9876543210");
        Write(left, TimeSpan.Zero);
        Write(open, TimeSpan.Zero);
        using (new FileStream(open, FileMode.Open, FileAccess.Write, FileShare.None)) StoppedWrites.Remove(_folder.Path);
        Assert.False(File.Exists(left));
        Assert.True(File.Exists(open));
    }

    /// <summary>As on macOS and Windows, which have no such file, and where it is denied.</summary>
    [Theory]
    [InlineData("absent")]
    [InlineData("/proc/self/mem")]
    public void Machine_that_does_not_say_when_it_started_is_not_known(string what)
    {
        Assert.Null(TemporaryName.MachineOf(_folder[what]));
        Assert.Matches("^[0-9a-f]{8}$", TemporaryName.MachineOf("/proc/sys/kernel/random/boot_id")!);
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
