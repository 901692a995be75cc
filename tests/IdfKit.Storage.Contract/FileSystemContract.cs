using System.Text;
using Xunit;

namespace IdfKit.Storage.Contract;

/// <summary>
/// docs/storage-contract.md as tests. A back end inherits this, opens itself empty for each test, and says what it
/// declares; every test runs on its asynchronous and on its blocking face. What is not declared is tested too: it must
/// be refused.
/// </summary>
public abstract partial class FileSystemContract : IAsyncLifetime
{
    private readonly string _local = Directory.CreateTempSubdirectory("idfkit-contract-").FullName;
    private readonly List<object> _opened = [];

    /// <summary>The longest path it takes, in UTF-8 bytes; less than 1,024 below a prefix.</summary>
    protected virtual int MaxPathBytes => StoragePath.MaxBytes;

    /// <summary>Where its large files are split; the contract writes files around this size.</summary>
    protected virtual int PartBytes => 64 * 1024;

    /// <summary>How many files the listing test writes: more than one page.</summary>
    protected virtual int ManyFiles => 2_500;

    /// <summary>An empty file system of this test's own.</summary>
    protected abstract Task<IAsyncFileSystem> OpenAsync();

    /// <summary>The same in its blocking form, over the same empty storage.</summary>
    protected virtual async Task<IFileSystem> OpenSync() => (await OpenAsync()).AsSync();

    /// <summary>Ends what the test opened.</summary>
    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened)
        {
            if (opened is IAsyncDisposable later) await later.DisposeAsync();
            else (opened as IDisposable)?.Dispose();
        }
        await CloseAsync();
        Directory.Delete(_local, recursive: true);
        GC.SuppressFinalize(this);
    }

    private async Task<IAsyncFileSystem> OpenAsync(Mode mode)
    {
        if (mode == Mode.Async)
        {
            var opened = await OpenAsync();
            _opened.Add(opened);
            return opened;
        }
        var blocking = await OpenSync();
        _opened.Add(blocking);
        return new SyncDriver(blocking);
    }

    private string LocalFile(string name, byte[]? content = null)
    {
        var path = Path.Combine(_local, name);
        if (content is not null) File.WriteAllBytes(path, content);
        return path;
    }

    private static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// Runs what a capability promises; where it is not declared the same must be refused, by name and before anything
    /// changes.
    /// </summary>
    private static async Task Declared(IAsyncFileSystem fs, StorageCapabilities capability, Func<Task> promised, Func<Task> refused)
    {
        if (fs.Capabilities.HasFlag(capability)) await promised();
        else await Assert.ThrowsAsync<NotSupportedException>(refused);
    }

    private static async Task<StorageException> Fails(StorageErrorKind kind, string operation, string path, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<StorageException>(call);
        Assert.Equal((kind, operation, path), (error.Kind, error.Operation, error.Path));
        Assert.Contains(operation, error.Message, StringComparison.Ordinal);
        return error;
    }

    private static async Task<List<string>> Paths(IAsyncFileSystem fs, string folder = "")
    {
        var paths = new List<string>();
        await foreach (var entry in fs.ListAsync(folder)) paths.Add(entry.Path);
        return paths;
    }
}
