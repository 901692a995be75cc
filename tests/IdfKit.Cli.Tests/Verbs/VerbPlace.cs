using Amazon.Runtime;
using Amazon.S3;

using IdfKit.LocalCloud;
using IdfKit.Storage;
using IdfKit.Storage.S3;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary>One of the places that a user can name, empty, with what a test needs to look into it.</summary>
public sealed class VerbPlace : IAsyncDisposable
{
    public const string Folder = "folder", Dev = "dev", Ceph = "ceph", Moto = "moto";

    private readonly TemporaryFolder _folder = new();
    private LocalBucketServer? _server;

    private VerbPlace(string kind) => Kind = kind;

    public string Kind { get; }

    /// <summary>The folder of this machine below it, where there is one.</summary>
    public string Path => _folder.Path;

    /// <summary>As it is typed.</summary>
    public string Name { get; private set; } = "";

    public Dictionary<string, string> Variables { get; private set; } = [];

    public IAsyncFileSystem Files { get; private set; } = null!;

    public static TheoryData<string> All => [Folder, Dev, Ceph, Moto];

    public static async Task<VerbPlace> OpenAsync(string kind, RgwServer rgw, MotoServer moto)
    {
        var place = new VerbPlace(kind);
        switch (kind)
        {
            case Folder:
                Directory.CreateDirectory(place._folder["inputs"]);
                (place.Name, place.Files) = (place._folder.Path, new AsyncLocalFileSystem(place._folder.Path));
                break;
            case Dev:
                place._server = await LocalBucketServer.StartAsync(new() { Directory = place._folder.Path, BucketName = "local" });
                place.Name = place._server.Endpoint.AbsoluteUri;
                place.Files = Opened("local", place._server.Endpoint, "local", "local-secret");
                break;
            case Ceph:
                await place.UseAsync(rgw.EndpointUrl, rgw.AccessKeyId, rgw.SecretAccessKey);
                break;
            default:
                await place.UseAsync(moto.EndpointUrl, "moto", "moto-secret");
                break;
        }
        return place;
    }

    public Task<(int ExitCode, string Output)> IdfKitAsync(params string[] arguments) => Tool.RunAsync(Variables, arguments);

    public Tool Start(params string[] arguments) => Tool.Start(Variables, arguments);

    public async Task<SortedDictionary<string, FileEntry>> ListAsync()
    {
        var all = new SortedDictionary<string, FileEntry>(StringComparer.Ordinal);
        await foreach (var entry in Files.ListAsync(""))
            if (!entry.Path.StartsWith(".idfkit/", StringComparison.Ordinal)) all[entry.Path] = entry;
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await Files.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static AsyncS3FileSystem Opened(string bucket, Uri endpoint, string key, string secret) =>
        new(bucket, new S3FileSystemOptions { EndpointUrl = endpoint, Region = "us-east-1", Credentials = new S3Credentials(key, secret) });

    private async Task UseAsync(Uri endpoint, string key, string secret)
    {
        var bucket = RgwServer.NewBucketName();
        using var s3 = new AmazonS3Client(key, secret, new AmazonS3Config
        {
            ServiceURL = endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        });
        await s3.PutBucketAsync(bucket);
        Name = $"s3://{bucket}";
        Variables = new()
        {
            ["AWS_ENDPOINT_URL_S3"] = endpoint.AbsoluteUri, ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = key, ["AWS_SECRET_ACCESS_KEY"] = secret,
        };
        Files = Opened(bucket, endpoint, key, secret);
    }
}
