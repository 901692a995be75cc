using System.Diagnostics;
using System.Globalization;

using IdfKit.Storage;
using IdfKit.Storage.S3;

namespace StorageBench;

/// <summary>
/// This library as the measured process: one kind of work, then seconds, peak memory and seconds of processor time on
/// standard output.
/// </summary>
internal static class Self
{
    // A run of one-zone.idf leaves 16 with its record and summary, of the shared models 18 or 19.
    private const int FilesOfARun = 20;

    public static async Task RunAsync(string what, string[] arguments)
    {
        // Credentials and region come from the environment, as for the others.
        await using var fs = new AsyncS3FileSystem(Environment.GetEnvironmentVariable("BUCKET")!,
            new S3FileSystemOptions { EndpointUrl = new Uri(Environment.GetEnvironmentVariable("ENDPOINT")!) });
        await fs.ExistsAsync("nothing");
        if (what.StartsWith("files", StringComparison.Ordinal)) await WorkAsync(fs, what, arguments); // a warm function has done it before
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await WorkAsync(fs, what, arguments);
        var (elapsed, processor) = (clock.Elapsed, Environment.CpuUsage.TotalTime - before);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds} {self.PeakWorkingSet64} {processor.TotalSeconds}"));
    }

    private static async Task WorkAsync(AsyncS3FileSystem fs, string what, string[] arguments) =>
        await (what switch
        {
            "up" => fs.UploadAsync(arguments[0], arguments[1]),
            "down" => fs.DownloadAsync(arguments[1], arguments[0]),
            "small-up" => ManyAsync(
                int.Parse(arguments[0], CultureInfo.InvariantCulture), i => fs.WriteBytesAsync($"self/{i}", new byte[4096])),
            "small-list" => CountAsync(fs.ListAsync("self"), int.Parse(arguments[0], CultureInfo.InvariantCulture)),
            "small-down" => ManyAsync(int.Parse(arguments[0], CultureInfo.InvariantCulture), i => fs.ReadBytesAsync($"self/{i}")),
            "levels-up" => ManyAsync(
                int.Parse(arguments[0], CultureInfo.InvariantCulture) * FilesOfARun,
                i => fs.WriteBytesAsync($"levels/run-{i / FilesOfARun}/{i % FilesOfARun}", new byte[1])),
            "levels-one" => CountAsync(fs.ListFolderAsync("levels"), int.Parse(arguments[0], CultureInfo.InvariantCulture)),
            "levels-all" => CountAsync(fs.ListAsync("levels"), int.Parse(arguments[0], CultureInfo.InvariantCulture) * FilesOfARun),
            "files-up" => FilesAsync(arguments[0], file => fs.UploadAsync(file, $"self-files/{Path.GetFileName(file)}")),
            "files-bare" => Bare.UploadAsync(arguments[0]),
            _ => throw new ArgumentException(what),
        });

    /// <summary>Five at a time, the library's own default for parts.</summary>
    public static Task FilesAsync(string folder, Func<string, Task> upload) =>
        Parallel.ForEachAsync(
            Directory.GetFiles(folder), new ParallelOptions { MaxDegreeOfParallelism = 5 }, async (file, _) => await upload(file));

    private static Task ManyAsync(int count, Func<int, Task> work) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) => await work(i));

    private static async Task CountAsync(IAsyncEnumerable<FileEntry> listing, int expected)
    {
        if (await listing.CountAsync() != expected) throw new InvalidOperationException($"Not {expected} entries were listed.");
    }
}
