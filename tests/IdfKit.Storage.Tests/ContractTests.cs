using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.Tests;

public sealed class MemoryContractTests : FileSystemContract
{
    private readonly MemoryFileSystem _memory = new();

    protected override Task<IAsyncFileSystem> OpenAsync() => Task.FromResult(_memory.AsAsync());

    protected override Task<IFileSystem> OpenSync() => Task.FromResult<IFileSystem>(_memory);
}

public sealed class LocalContractTests : FileSystemContract
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<IAsyncFileSystem> OpenAsync() => Task.FromResult<IAsyncFileSystem>(new AsyncLocalFileSystem(_folder.Path));

    protected override Task<IFileSystem> OpenSync() => Task.FromResult<IFileSystem>(new LocalFileSystem(_folder.Path));

    protected override ValueTask CloseAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>
/// A back end of the nine operations alone: the default bodies of both interfaces, and both adapters on top of each
/// other.
/// </summary>
public sealed class NineOperationsContractTests : FileSystemContract
{
    private readonly MemoryFileSystem _memory = new();

    protected override Task<IAsyncFileSystem> OpenAsync() => Task.FromResult<IAsyncFileSystem>(new AsyncNineOperations(_memory.AsAsync()));

    protected override Task<IFileSystem> OpenSync() =>
        Task.FromResult<IFileSystem>(new NineOperations(new AsyncNineOperations(_memory.AsAsync()).AsSync()));
}
