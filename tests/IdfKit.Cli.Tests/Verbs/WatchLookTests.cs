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

    [Fact] // said that there was nothing
    public async Task Folder_that_is_removed_while_it_is_looked_at_is_not_taken_for_an_empty_one()
    {
        using var folder = new TestBed.TemporaryFolder();
        Directory.CreateDirectory(folder["b"]);
        var files = new CountingFiles(new MemoryFileSystem().AsAsync()) { Listing = () => Directory.Delete(folder["b"]) };
        await using var place = new Place(files, "", "mem:", "mem:", new RunSettings()) { IsBucket = true, LocalRoot = folder["b"] };
        var look = new WatchLook(place, "outputs", new WatchOptions(), TimeProvider.System);
        var gone = await Assert.ThrowsAsync<CommandException>(() => look.LookAsync(default));
        Assert.Equal(CliSentences.PlaceIsGone("mem:"), gone.Message);
    }

    [Fact]
    public async Task More_interrupted_runs_than_one_look_asks_for_are_all_seen_in_the_end()
    {
        var files = new CountingFiles(new MemoryFileSystem().AsAsync());
        for (var at = 0; at < 200; at++)
            await Recorded.BeginAsync(files, $"inputs/{at:000}.idf", null, DateTimeOffset.UnixEpoch);
        await using var place = new Place(files, "", "mem:", "mem:", new RunSettings()) { IsBucket = true };
        var look = new WatchLook(place, "outputs", new WatchOptions(), TimeProvider.System);
        List<int> open = [];
        for (var again = 0; again < 4; again++) open.Add((await look.LookAsync(default)).Open);
        Assert.Equal([200 - 64, 200 - 128, 200 - 192, 0], open);
        files.Forget();
        await look.LookAsync(default);
        Assert.Empty(files.Read);
    }

    [Fact]
    public async Task Records_of_models_that_were_all_put_again_are_read_several_at_once()
    {
        var files = new CountingFiles(new MemoryFileSystem().AsAsync());
        for (var at = 0; at < 40; at++)
        {
            await ((IAsyncFileSystem)files).WriteTextAsync($"inputs/{at:00}.idf", Recorded.Model);
            await Recorded.EndAsync(files, $"inputs/{at:00}.idf", RunStatus.Completed);
        }
        await Task.Delay(1100, TestContext.Current.CancellationToken); // S3 tells times in seconds
        for (var at = 0; at < 40; at++) await ((IAsyncFileSystem)files).WriteTextAsync($"inputs/{at:00}.idf", Recorded.Model);
        await using var place = new Place(files, "", "mem:", "mem:", new RunSettings()) { IsBucket = true };
        var look = new WatchLook(place, "outputs", new WatchOptions(), TimeProvider.System);
        (files.Delay, files.MostAtOnce) = (TimeSpan.FromMilliseconds(20), 0);
        Assert.Equal(40, (await look.LookAsync(default)).Open);
        (files.Read, files.MostAtOnce) = ([], 0);
        var second = new WatchLook(place, "outputs", new WatchOptions(), TimeProvider.System);
        await second.LookAsync(default);
        Assert.Equal(80, files.Read.Count);
        Assert.InRange(files.MostAtOnce, 2, 8);
    }

    /// <summary>Files that note what is listed and read.</summary>
    private sealed class CountingFiles(IAsyncFileSystem files) : IAsyncFileSystem
    {
        private readonly Lock _gate = new();
        private int _now;

        public List<string> Listed { get; } = [];

        public List<string> Read { get; set; } = [];

        public TimeSpan Delay { get; set; }

        /// <summary>Called once, at the first listing.</summary>
        public Action? Listing { get; set; }

        public int MostAtOnce { get; set; }

        public StorageCapabilities Capabilities => files.Capabilities;

        public void Forget()
        {
            lock (_gate)
            {
                Listed.Clear();
                Read.Clear();
            }
        }

        public async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default)
        {
            lock (_gate)
            {
                Read.Add(path);
                MostAtOnce = Math.Max(MostAtOnce, ++_now);
            }
            if (Delay > TimeSpan.Zero) await Task.Delay(Delay, cancellationToken);
            lock (_gate) _now--;
            return await files.ReadBytesAsync(path, cancellationToken);
        }

        public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default)
        {
            lock (_gate)
            {
                Listed.Add(path);
                Listing?.Invoke();
                Listing = null;
            }
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
