using TestBed;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>
/// The S3 server that tells the function of what was put: Ceph RGW where it is installed, else, or with <c>IDFKIT_TEST_S3=local</c>,
/// the local cloud. Each test has a bucket of its own; its output says on which server.
/// </summary>
public sealed class EventServer : IDisposable
{
    private readonly RgwServer _rgw = new();

    public EventServer()
    {
        IsLocal = !RgwServer.IsInstalled || Environment.GetEnvironmentVariable("IDFKIT_TEST_S3") == "local";
        Console.Error.WriteLine($"IdfKit.EndToEnd.Tests: the S3 server is {Name}.");
    }

    public string Name => IsLocal ? "the local cloud" : "Ceph RGW";

    public string AccessKeyId => _rgw.AccessKeyId;

    public string SecretAccessKey => _rgw.SecretAccessKey;

    /// <summary>Whether an object's key may have nothing between two slashes. To the local cloud keys are paths of files.</summary>
    public bool KeysMayHaveEmptyParts => !IsLocal;

    /// <summary>For what only RGW has: signatures, users and their policies. Skips the test on the local cloud.</summary>
    public RgwServer Rgw
    {
        get
        {
            Needs.That(!IsLocal, Needs.CephRgw);
            return _rgw;
        }
    }

    private bool IsLocal { get; }

    /// <summary>A new bucket, which is the caller's to dispose of.</summary>
    internal async Task<IEventBucket> CreateBucketAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"The S3 server is {Name}.");
        return IsLocal ? await LocalBucket.CreateAsync(AccessKeyId, SecretAccessKey) : await RgwBucket.CreateAsync(_rgw);
    }

    public void Dispose() => _rgw.Dispose();
}
