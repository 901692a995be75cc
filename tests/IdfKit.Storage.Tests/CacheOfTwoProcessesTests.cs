using System.Diagnostics;
using TestBed;

namespace IdfKit.Storage.Tests;

/// <summary>
/// One cache folder, used by this process and a copy of it while the files behind it change and the cache is too small
/// for them.
/// </summary>
public sealed class CacheOfTwoProcessesTests
{
    private const string FolderVariable = "IDFKIT_TEST_CACHE_FOLDER";
    private const int Files = 6, Rounds = 60, FileBytes = 300_000;

    [Fact]
    public async Task Two_processes_share_a_cache_and_read_only_whole_contents()
    {
        using var folder = new TemporaryFolder();
        for (var file = 0; file < Files; file++) Write(folder.Path, file, 0);
        using var other = StartOther(folder.Path);
        await ReadAll(folder.Path);
        var output = await other.StandardOutput.ReadToEndAsync();
        await other.WaitForExitAsync();
        Assert.True(other.ExitCode == 0, output);
        Assert.InRange(new DirectoryInfo(folder["cache"]).EnumerateFiles().Sum(file => file.Length), 1, 4 * FileBytes);
        Assert.DoesNotContain(Directory.GetFiles(folder["cache"]), file => Path.GetFileName(file).StartsWith('.'));
    }

    /// <summary>Run by the test above in the other process; alone it reads in a folder of its own.</summary>
    [Fact]
    public async Task One_process_reads_only_whole_contents()
    {
        using var own = new TemporaryFolder();
        if (Environment.GetEnvironmentVariable(FolderVariable) is { } shared)
        {
            await ReadAll(shared);
            return;
        }
        for (var file = 0; file < Files; file++) Write(own.Path, file, 0);
        await ReadAll(own.Path);
    }

    private static async Task ReadAll(string folder)
    {
        var fs = new CachingFileSystem(new AsyncLocalFileSystem(Path.Combine(folder, "files")),
            Path.Combine(folder, "cache"), new CachingOptions { MaxBytes = 4 * FileBytes });
        for (var round = 1; round <= Rounds; round++)
        {
            var content = await fs.ReadBytesAsync($"f{round % Files}");
            Assert.Equal(FileBytes, content.Length);
            Assert.Equal(-1, content.AsSpan().IndexOfAnyExcept(content[0]));
            if (round % 7 == 0) Write(folder, round % Files, round);
        }
    }

    private static void Write(string folder, int file, int round)
    {
        var content = new byte[FileBytes];
        content.AsSpan().Fill((byte)round);
        new LocalFileSystem(Path.Combine(folder, "files")).WriteBytes($"f{file}", content);
    }

    private static Process StartOther(string folder)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "IdfKit.Storage.Tests"),
            ["-method", $"*.{nameof(One_process_reads_only_whole_contents)}"]) { RedirectStandardOutput = true };
        start.Environment[FolderVariable] = folder;
        return Process.Start(start)!;
    }
}
