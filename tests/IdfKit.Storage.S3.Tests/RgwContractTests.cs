using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

public sealed class RgwContractTests(RgwServer rgw) : FileSystemContract
{
    private readonly TestBucket _bucket = new(rgw);

    protected override int PartBytes => TestBucket.PartBytes;

    protected override async Task<IAsyncFileSystem> OpenAsync() => new AsyncS3FileSystem(await _bucket.CreateAsync(), _bucket.Options);

    protected override async Task<IFileSystem> OpenSync() => new S3FileSystem(await _bucket.CreateAsync(), _bucket.Options);

    protected override ValueTask CloseAsync() => _bucket.DisposeAsync();
}

/// <summary>The same below a prefix, which must not be seen in any path.</summary>
public sealed class RgwPrefixContractTests(RgwServer rgw) : FileSystemContract
{
    private readonly TestBucket _bucket = new(rgw);

    protected override int PartBytes => TestBucket.PartBytes;

    protected override int MaxPathBytes => StoragePath.MaxBytes - "sims/ü +/".Length - 1;

    protected override async Task<IAsyncFileSystem> OpenAsync() =>
        new AsyncS3FileSystem(await _bucket.CreateAsync(), _bucket.Options with { Prefix = "sims/ü +" });

    protected override ValueTask CloseAsync() => _bucket.DisposeAsync();
}

public sealed class MotoContractTests(MotoServer moto) : FileSystemContract
{
    private readonly TestBucket _bucket = new(moto);

    protected override int PartBytes => TestBucket.PartBytes;

    protected override int ManyFiles => 1_100;

    protected override async Task<IAsyncFileSystem> OpenAsync() => new AsyncS3FileSystem(await _bucket.CreateAsync(), _bucket.Options);

    protected override async Task<IFileSystem> OpenSync() => new S3FileSystem(await _bucket.CreateAsync(), _bucket.Options);

    protected override ValueTask CloseAsync() => _bucket.DisposeAsync();
}

/// <summary>A cache on local disk over the real server.</summary>
public sealed class RgwCachingContractTests(RgwServer rgw) : FileSystemContract
{
    private readonly TestBucket _bucket = new(rgw);
    private readonly TemporaryFolder _cache = new();

    protected override int PartBytes => TestBucket.PartBytes;

    protected override int ManyFiles => 1_100;

    protected override async Task<IAsyncFileSystem> OpenAsync() => new CachingFileSystem(await _bucket.OpenAsync(), _cache.Path);

    protected override async ValueTask CloseAsync()
    {
        _cache.Dispose();
        await _bucket.DisposeAsync();
    }
}
