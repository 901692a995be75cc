namespace IdfKit.Storage.S3.Tests;

/// <summary>Every operation that talks to the server, by name; each on a path that need not exist.</summary>
internal static class S3Operations
{
    public static IReadOnlyDictionary<string, Func<IAsyncFileSystem, string, Task>> All { get; } =
        new Dictionary<string, Func<IAsyncFileSystem, string, Task>>
        {
            ["ReadBytes"] = (fs, path) => fs.ReadBytesAsync(path),
            ["WriteBytes"] = (fs, path) => fs.WriteBytesAsync(path, new byte[100]),
            ["ReadText"] = (fs, path) => fs.ReadTextAsync(path),
            ["WriteText"] = (fs, path) => fs.WriteTextAsync(path, "text"),
            ["Exists"] = (fs, path) => fs.ExistsAsync(path),
            ["MakeDirectories"] = (fs, path) => fs.MakeDirectoriesAsync(path + "-folder"),
            ["Copy"] = (fs, path) => fs.CopyAsync(path, path + "-copy"),
            ["Glob"] = async (fs, _) => await fs.GlobAsync("", "*").ToListAsync(),
            ["Remove"] = (fs, path) => fs.RemoveAsync(path),
            ["Stat"] = (fs, path) => fs.StatAsync(path),
            ["List"] = async (fs, _) => await fs.ListAsync("").ToListAsync(),
            ["OpenRead"] = async (fs, path) => await (await fs.OpenReadAsync(path)).DisposeAsync(),
            ["ReadRange"] = (fs, path) => fs.ReadRangeAsync(path, 1, new byte[10]),
            ["Write"] = (fs, path) => fs.WriteAsync(path, new MemoryStream(new byte[100])),
            ["WriteParts"] = (fs, path) => fs.WriteAsync(path, new MemoryStream(new byte[TestBucket.PartBytes + 1])),
            ["OpenWrite"] = async (fs, path) =>
            {
                await using var stream = await fs.OpenWriteAsync(path);
                await stream.WriteAsync(new byte[100]);
                await stream.CompleteAsync();
            },
            ["OpenWriteParts"] = async (fs, path) =>
            {
                await using var stream = await fs.OpenWriteAsync(path);
                await stream.WriteAsync(new byte[TestBucket.PartBytes + 1]);
                await stream.CompleteAsync();
            },
            ["Move"] = (fs, path) => fs.MoveAsync(path, path + "-moved"),
            ["RemoveMany"] = (fs, path) => fs.RemoveManyAsync([path + "-one", path + "-two"]),
            ["RemoveFolder"] = (fs, path) => fs.RemoveFolderAsync(path + "-folder"),
            ["ListFolder"] = async (fs, _) => await fs.ListFolderAsync("").ToListAsync(),
            ["ReadRanges"] = (fs, path) =>
            fs.ReadRangesAsync(path, [new FileRange(0, 5), new FileRange(1_000_000, 5), new FileRange(3, 9)]),
            ["Upload"] = async (fs, path) =>
            {
                using var folder = new TestBed.TemporaryFolder();
                await File.WriteAllTextAsync(folder["f"], "text");
                await fs.UploadAsync(folder["f"], path);
            },
            ["Download"] = async (fs, path) =>
            {
                using var folder = new TestBed.TemporaryFolder();
                await fs.DownloadAsync(path, folder["f"]);
            },
        };
}
