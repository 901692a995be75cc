using IdfKit.Storage.S3;
using TestBed;

namespace IdfKit.Examples.Tests;

/// <summary>What a sample takes for granted: a folder to work in, and a bucket that is reached by what the environment says.</summary>
internal sealed class SampleSurroundings : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _before = Directory.GetCurrentDirectory();
    private readonly Dictionary<string, string?> _variables = [];

    public SampleSurroundings() => Directory.SetCurrentDirectory(_folder.Path);

    /// <summary>Makes the bucket, empty.</summary>
    public async Task UseBucketAsync(RgwServer rgw, string name)
    {
        Set("AWS_ENDPOINT_URL_S3", rgw.EndpointUrl.AbsoluteUri);
        Set("AWS_ACCESS_KEY_ID", rgw.AccessKeyId);
        Set("AWS_SECRET_ACCESS_KEY", rgw.SecretAccessKey);
        Set("AWS_REGION", "us-east-1");
        Set("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required");   // a client made by the sample itself
        using var client = new Amazon.S3.AmazonS3Client(new Amazon.S3.AmazonS3Config
        {
            ServiceURL = rgw.EndpointUrl.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1"
        });
        await client.PutBucketAsync(name);
        await using var all = new AsyncS3FileSystem(name);
        foreach (var path in await all.GlobAsync("", "**").ToListAsync()) await all.RemoveAsync(path);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _variables) Environment.SetEnvironmentVariable(name, value);
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }

    public void Set(string name, string value)
    {
        _variables.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
