using IdfKit.Cli.Places;
using IdfKit.Cli.Watch;
using IdfKit.Drops;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary>What a look costs.</summary>
public sealed class WatchLookTests
{
    [Fact]
    public async Task Look_lists_the_results_once_and_reads_only_what_has_changed()
    {
        var files = new CountingFiles(new MemoryFileSystem().AsAsync());
        for (var at = 0; at < 50; at++)
        {
            await ((IAsyncFileSystem)files).WriteTextAsync($"inputs/{at:00}.idf", Recorded.Model);
            await Recorded.EndAsync(files, $"inputs/{at:00}.idf", RunStatus.Completed);
        }
        await ((IAsyncFileSystem)files).WriteTextAsync("inputs/waits.idf", Recorded.Model);
        await using var place = new Place(files, "", "mem:", "mem:", new RunSettings()) { IsBucket = true };
        var look = new WatchLook(place, "outputs", new WatchOptions(), TimeProvider.System);
        Assert.Equal(1, (await look.LookAsync(default)).Open);
        Assert.Equal(["inputs", "outputs"], files.Listed.Order());
        Assert.Equal(50, files.Read.Count);
        for (var again = 0; again < 3; again++)
        {
            files.Forget();
            await Recorded.EndAsync(files, "inputs/07.idf", RunStatus.Failed, "fatal");
            files.Read.Clear();
            await look.LookAsync(default);
            Assert.Equal(["outputs"], files.Listed);
            Assert.Equal(["outputs/07/run.json"], files.Read);
        }
        files.Forget();
        await Recorded.EndAsync(files, "inputs/waits.idf", RunStatus.Completed);
        files.Forget();
        var last = await look.LookAsync(default);
        Assert.Equal((0, 51), (last.Open, last.Runs.Count));
        Assert.Equal(["inputs", "outputs"], files.Listed.Order()); // whether something has come, before it ends
    }

    /// <summary>Files that note what is listed and read.</summary>
    private sealed class CountingFiles(IAsyncFileSystem files) : IAsyncFileSystem
    {
        public List<string> Listed { get; } = [];

        public List<string> Read { get; } = [];

        public StorageCapabilities Capabilities => files.Capabilities;

        public void Forget()
        {
            lock (Read)
            {
                Listed.Clear();
                Read.Clear();
            }
        }

        public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default)
        {
            lock (Read) Read.Add(path);
            return files.ReadBytesAsync(path, cancellationToken);
        }

        public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default)
        {
            lock (Read) Listed.Add(path);
            return files.ListAsync(path, cancellationToken);
        }

        public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
            files.WriteBytesAsync(path, content, cancellationToken);

        public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
            files.ExistsAsync(path, cancellationToken);

        public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) =>
            files.StatAsync(path, cancellationToken);

        public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
            files.MakeDirectoriesAsync(path, existOk, cancellationToken);

        public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
            files.CopyAsync(source, destination, cancellationToken);

        public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
            files.GlobAsync(path, pattern, cancellationToken);

        public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => files.RemoveAsync(path, cancellationToken);

        public ValueTask DisposeAsync() => files.DisposeAsync();
    }
}
