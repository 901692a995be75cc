using IdfKit.Storage;
using IdfKit.Storage.Contract;
using IdfKit.Storage.S3;
using TestBed;

namespace IdfKit.LocalCloud.Tests;

/// <summary>The S3 file system over the local cloud's bucket keeps the contract as over any other server.</summary>
public sealed class LocalCloudContractTests : FileSystemContract
{
    private readonly TemporaryFolder _folder = new();
    private LocalBucketServer? _server;

    protected override int ManyFiles => Needs.Rounds(all: 2_500, quick: 1_100);

    protected override int PartBytes => 5 << 20;

    protected override async Task<IAsyncFileSystem> OpenAsync() => new AsyncS3FileSystem("models", await OptionsAsync());

    protected override async Task<IFileSystem> OpenSync() => new S3FileSystem("models", await OptionsAsync());

    protected override async ValueTask CloseAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<S3FileSystemOptions> OptionsAsync()
    {
        _server ??= await LocalBucketServer.StartAsync(new LocalBucketOptions { Directory = _folder["bucket"], BucketName = "models" });
        return new S3FileSystemOptions
        {
            EndpointUrl = _server.Endpoint, Credentials = new S3Credentials("local", "secret"), PartSizeBytes = PartBytes
        };
    }
}
