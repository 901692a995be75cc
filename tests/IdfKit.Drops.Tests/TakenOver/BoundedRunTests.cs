using System.Diagnostics;

using IdfKit.Runs;

using TestBed;

namespace IdfKit.Drops.Tests.TakenOver;

/// <summary>A run that used more than it may has a record that says so: attack 18.</summary>
public sealed class BoundedRunTests
{
    [Fact]
    public async Task Record_of_a_run_that_wrote_too_much_says_so_and_what_to_do()
    {
        await using var bed = new HostileBed(confine: false);

        var record = await bed.RunAsync("m", "long-hole eplusout.eso 8000");

        Assert.Equal((RunStatus.Crashed, RunReason.TooMuchOutput, 25), (record.Status, record.Reason, record.Signal));
        Assert.StartsWith("EnergyPlus was stopped because it had written ", record.Message, StringComparison.Ordinal);
        Assert.EndsWith("and drop the model again.", record.Message, StringComparison.Ordinal);
        await bed.AssertNextRunsAsync();
    }

    [Theory]
    [InlineData("fill eplusout.eso 100"), InlineData("fill eplusout.eso 25|fill eplusout.mtr 25|fill eplusout.sql 25")]
    [InlineData("fill a/x 25|fill a/y 25|fill a/z 25")]
    public async Task Record_of_a_run_that_filled_the_disk_says_so(string attacks)
    {
        using var disk = new SmallDisk();
        await using var bed = new HostileBed(confine: true, disk.Path);

        var record = await bed.RunAsync("m", ["write a/x x", .. attacks.Split('|'), "hang 5"]);

        Assert.Equal((RunStatus.Crashed, RunReason.TooMuchOutput), (record.Status, record.Reason));
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
        await bed.AssertNextRunsAsync();
    }

    [Fact]
    public async Task Record_of_a_run_whose_disk_others_have_filled_does_not_say_that_it_was_the_run()
    {
        using var disk = new SmallDisk();
        await using var bed = new HostileBed(confine: true, disk.Path);
        var running = bed.RunAsync("m", "write a/x x", "hang 60");
        while (!running.IsCompleted && !Directory.EnumerateFiles(disk.Path, "x", SearchOption.AllDirectories).Any())
            await Task.Delay(20, TestContext.Current.CancellationToken);
        var filled = Path.Combine(disk.Path, "filled");
        new FileStream(filled, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = 50 << 20 })
            .Dispose();

        var record = await running;

        Assert.Equal((RunStatus.Crashed, RunReason.TooMuchOutput), (record.Status, record.Reason));
        Assert.StartsWith("The disk was full when EnergyPlus had written 0 MB", record.Message, StringComparison.Ordinal);
        File.Delete(filled);
        await bed.AssertNextRunsAsync();
    }

    [Fact]
    public async Task Record_of_a_run_that_left_no_room_for_another_file_is_written()
    {
        using var disk = new SmallDisk();
        await using var bed = new HostileBed(confine: true, disk.Path);

        await bed.RunAsync("m", "many 60000");

        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
        await bed.AssertNextRunsAsync();
    }

    /// <summary>A disk of 64 MB and 40,000 files.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public SmallDisk()
        {
            Needs.That(Environment.UserName == "root", Needs.RightToMount);
            Needs.That(Run("mount", "-t", "tmpfs", "-o", "size=64m,nr_inodes=40000", "tmpfs", Path) == 0, Needs.RightToMount);
        }

        public string Path => _folder.Path;

        public void Dispose()
        {
            Run("umount", "-l", Path);
            _folder.Dispose();
        }

        private static int Run(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
