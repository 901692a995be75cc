using FaultProxies;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>A bucket on the real server, reached through a proxy that scripts faults, and beside it.</summary>
internal sealed class ProxiedBucket(RgwServer rgw) : IAsyncDisposable
{
    private readonly TestBucket _bucket = new(rgw);
    private FaultProxy? _proxy;

    public FaultProxy Proxy => _proxy ??= new FaultProxy(rgw.EndpointUrl);

    public TestBucket Bucket => _bucket;

    public Task<AsyncS3FileSystem> OpenDirectlyAsync() => _bucket.OpenAsync();

    public Task<AsyncS3FileSystem> OpenAsync(Func<S3FileSystemOptions, S3FileSystemOptions>? change = null) =>
        _bucket.OpenAsync(options => (change ?? (same => same))(
            options with { EndpointUrl = Proxy.Url, OperationTimeout = TimeSpan.FromSeconds(10) }));

    /// <summary>For what counts requests: one that a slow server answers late is not asked for a second time.</summary>
    public Task<AsyncS3FileSystem> OpenPatientlyAsync(Func<S3FileSystemOptions, S3FileSystemOptions>? change = null) =>
        OpenAsync(options => (change ?? (same => same))(options) with { OperationTimeout = TimeSpan.FromMinutes(2) });

    public async ValueTask DisposeAsync()
    {
        await _bucket.DisposeAsync();
        if (_proxy is not null) await _proxy.DisposeAsync();
    }
}
