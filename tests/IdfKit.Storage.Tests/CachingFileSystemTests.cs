using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.Tests;

public sealed class CachingContractTests : FileSystemContract
{
    private readonly MemoryFileSystem _memory = new();
    private readonly TemporaryFolder _folder = new();

    protected override Task<IAsyncFileSystem> OpenAsync() =>
        Task.FromResult<IAsyncFileSystem>(new CachingFileSystem(_memory.AsAsync(), _folder.Path));

    protected override ValueTask CloseAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class CachingFileSystemTests : IDisposable
{
    private readonly MemoryFileSystem _memory = new();
    private readonly Counting _remote;
    private readonly TemporaryFolder _folder = new();

    public CachingFileSystemTests() => _remote = new Counting(_memory.AsAsync());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Second_read_comes_from_disk_until_the_file_changes()
    {
        var fs = new CachingFileSystem(_remote, _folder.Path);
        _memory.WriteText("a", "one");
        for (var i = 0; i < 3; i++) Assert.Equal("one", await fs.ReadTextAsync("a"));
        using (var stream = new StreamReader(await fs.OpenReadAsync("a"))) Assert.Equal("one", await stream.ReadToEndAsync());
        Assert.Equal(1, _remote.Reads);
        _memory.WriteText("a", "two");
        Assert.Equal("two", await fs.ReadTextAsync("a"));
        Assert.Equal(2, _remote.Reads);
        var other = new CachingFileSystem(_remote, _folder.Path);
        Assert.Equal("two", await other.ReadTextAsync("a"));
        Assert.Equal(2, _remote.Reads);
        _memory.Remove("a");
        Assert.Equal(StorageErrorKind.NotFound, (await Assert.ThrowsAsync<StorageException>(() => fs.ReadBytesAsync("a"))).Kind);
    }

    [Fact]
    public async Task Corrupt_cached_file_is_fetched_again()
    {
        var fs = new CachingFileSystem(_remote, _folder.Path);
        _memory.WriteBytes("a", new byte[1000]);
        Action<string>[] damages = [file => File.WriteAllBytes(file, [1]), file => File.WriteAllText(file, ""), AlterOneByte];
        foreach (var damage in damages)
        {
            await fs.ReadBytesAsync("a");
            damage(Directory.GetFiles(_folder.Path).Single());
            Assert.Equal(new byte[1000], await fs.ReadBytesAsync("a"));
        }
        Assert.Equal(4, _remote.Reads);

        static void AlterOneByte(string file)
        {
            var all = File.ReadAllBytes(file);
            all[500] ^= 1;
            File.WriteAllBytes(file, all);
        }
    }

    [Fact]
    public async Task What_was_used_longest_ago_goes_first_and_the_bound_holds()
    {
        var fs = new CachingFileSystem(_remote, _folder.Path, new CachingOptions { MaxBytes = 3_500 });
        foreach (var name in new[] { "a", "b", "c", "large" }) _memory.WriteBytes(name, new byte[name == "large" ? 5_000 : 1_000]);
        foreach (var name in new[] { "a", "b", "c", "a", "large" }) await fs.ReadBytesAsync(name);
        _memory.WriteBytes("d", new byte[1_000]);
        await fs.ReadBytesAsync("d");
        Assert.True(Directory.GetFiles(_folder.Path).Sum(file => new FileInfo(file).Length) <= 3_500);
        var before = _remote.Reads;
        foreach (var name in new[] { "a", "c", "d" }) await fs.ReadBytesAsync(name);
        Assert.Equal(before, _remote.Reads);
        await fs.ReadBytesAsync("b");
        await fs.ReadBytesAsync("large");
        Assert.Equal(before + 2, _remote.Reads);
    }

    [Fact]
    public async Task Folder_that_others_have_filled_is_looked_through_at_once()
    {
        _memory.WriteBytes("a", new byte[50]);
        var dead = _folder[".idfkit-tmp-of-a-dead-process"];
        File.WriteAllText(dead, "");
        File.SetLastWriteTimeUtc(dead, DateTime.UtcNow.AddDays(-2));
        await new CachingFileSystem(_remote, _folder.Path).ReadBytesAsync("a");
        Assert.False(File.Exists(dead));
    }

    [Fact] // a look at all files for each that is kept takes the time of their square
    public async Task Folder_is_looked_through_once_for_a_64th_of_the_bound()
    {
        var fs = new CachingFileSystem(_remote, _folder.Path, new() { MaxBytes = 64_000 });
        for (var i = 0; i < 21; i++) _memory.WriteBytes($"{i}", new byte[50]);
        await fs.ReadBytesAsync("0"); // what others have left is looked at
        var dead = _folder[".idfkit-tmp-of-a-dead-process"];
        File.WriteAllText(dead, "");
        File.SetLastWriteTimeUtc(dead, DateTime.UtcNow.AddDays(-2));
        for (var i = 1; i < 10; i++) await fs.ReadBytesAsync($"{i}");
        Assert.True(File.Exists(dead), "looked through after less than 1,000 bytes");
        for (var i = 10; i < 21; i++) await fs.ReadBytesAsync($"{i}");
        Assert.False(File.Exists(dead), "not looked through after more than 1,000 bytes");
    }

    [Fact]
    public async Task Many_readers_of_a_changing_file_over_one_folder_never_see_a_wrong_content()
    {
        var caches = Enumerable.Range(0, 4)
            .Select(_ => new CachingFileSystem(_remote, _folder.Path, new CachingOptions { MaxBytes = 100_000 }))
            .ToList();
        _memory.WriteBytes("f", Filled(0));
        var readers = caches.Select(async cache =>
        {
            for (var i = 0; i < 100; i++)
            {
                var content = await cache.ReadBytesAsync("f");
                Assert.Equal(Filled(content[0]), content);
                if (i % 10 == 0) _memory.WriteBytes("f", Filled(i + 1));
            }
        });
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task Cache_folder_that_cannot_be_written_costs_speed_and_nothing_else()
    {
        await File.WriteAllTextAsync(_folder["file"], "in the way");
        var fs = new CachingFileSystem(_remote, _folder["file"]);
        _memory.WriteText("a", "one");
        Assert.Equal("one", await fs.ReadTextAsync("a"));
        Assert.Equal("one", await fs.ReadTextAsync("a"));
    }

    [Fact, Rule("N4")]
    public async Task One_cache_folder_over_two_storages_mixes_nothing()
    {
        // The same path, size and ETag hold another content in each.
        var (one, two) = (new MemoryFileSystem(), new MemoryFileSystem());
        one.WriteText("a", "one");
        two.WriteText("a", "two");
        Assert.Equal(one.Stat("a").ETag, two.Stat("a").ETag);
        foreach (var _ in new int[2])
        {
            Assert.Equal("one", await new CachingFileSystem(one.AsAsync(), _folder.Path).ReadTextAsync("a"));
            Assert.Equal("two", await new CachingFileSystem(two.AsAsync(), _folder.Path).ReadTextAsync("a"));
            Assert.Equal("one", await new CachingFileSystem(new Counting(one.AsAsync()), _folder.Path).ReadTextAsync("a"));
            Assert.Equal("two", await new CachingFileSystem(new Counting(two.AsAsync()), _folder.Path).ReadTextAsync("a"));
        }
    }

    [Fact, Rule("N4")]
    public async Task Cache_is_shared_by_those_that_hold_the_same_files()
    {
        using var files = new TemporaryFolder();
        new LocalFileSystem(files.Path).WriteText("a", "one");
        IAsyncFileSystem[] same =
            [new AsyncLocalFileSystem(files.Path), new LocalFileSystem(files.Path + "/").AsAsync(),
                new AsyncLocalFileSystem(files.Path).AsSync().AsAsync()];
        Assert.Single(same.Select(fs => fs.Identity).Distinct());
        foreach (var fs in same) await new CachingFileSystem(fs, _folder.Path).ReadTextAsync("a");
        Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.NotEqual(same[0].Identity, new LocalFileSystem(files["other"]).Identity);
        Assert.Null(new NineOperations(_memory).AsAsync().Identity);
        Assert.Equal(same[0].Identity, new CachingFileSystem(same[0], _folder.Path).Identity);
    }

    private static byte[] Filled(int number)
    {
        var content = new byte[10_000];
        content.AsSpan().Fill((byte)number);
        return content;
    }

    /// <summary>Counts the contents that are fetched.</summary>
    private sealed class Counting(IAsyncFileSystem inner) : IAsyncFileSystem
    {
        private int _reads;

        public int Reads => Volatile.Read(ref _reads);

        public StorageCapabilities Capabilities => inner.Capabilities;

        public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _reads);
            return inner.ReadBytesAsync(path, cancellationToken);
        }

        public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) =>
            inner.StatAsync(path, cancellationToken);

        public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
            inner.WriteBytesAsync(path, content, cancellationToken);

        public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
            inner.ExistsAsync(path, cancellationToken);

        public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
            inner.MakeDirectoriesAsync(path, existOk, cancellationToken);

        public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
            inner.CopyAsync(source, destination, cancellationToken);

        public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
            inner.GlobAsync(path, pattern, cancellationToken);

        public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => inner.RemoveAsync(path, cancellationToken);
    }
}
