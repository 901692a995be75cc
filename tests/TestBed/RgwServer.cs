using Xunit;

namespace TestBed;

/// <summary>
/// A real S3 server (Ceph RADOS Gateway), one per test process: started by the first test that asks for it, wiped at the end.
/// Give it to a test assembly with <c>[assembly: AssemblyFixture(typeof(RgwServer))]</c> and take it as a constructor
/// argument. Tests use a bucket each.
/// </summary>
public sealed class RgwServer : IDisposable
{
    private readonly Lock _gate = new();
    private ServerScript? _server;
    private Uri? _endpoint;

    /// <summary>Where it listens. Starts the server; skips the test when it cannot be had.</summary>
    public Uri EndpointUrl
    {
        get
        {
            lock (_gate) return _endpoint ??= Start();
        }
    }

    public string AccessKeyId => "testaccesskey0000001";

    public string SecretAccessKey => "testsecretkey0000000000000000000000000001";

    /// <summary>A name that no other test uses; the bucket is the test's to create.</summary>
    public static string NewBucketName() => "b" + Guid.NewGuid().ToString("N")[..20];

    /// <summary>Whether it can be had here.</summary>
    public static bool IsInstalled => new[] { "radosgw", "ceph-mon", "ceph-osd" }.All(ServerScript.IsInstalled);

    /// <summary>A topic that posts S3 event records to <paramref name="listener"/>; name it in PutBucketNotification.</summary>
    /// <returns>Its ARN.</returns>
    public string CreatePushTopic(string name, Uri listener)
    {
        _ = EndpointUrl;
        return _server!.Run("topic", [name, listener.AbsoluteUri]);
    }

    /// <summary>A user who may do what an IAM policy says, and nothing else.</summary>
    public void CreateUser(string accessKeyId, string secretAccessKey, string policy)
    {
        _ = EndpointUrl;
        _server!.Run("user", [accessKeyId, secretAccessKey], policy);
    }

    public void Dispose() => _server?.Dispose();

    private Uri Start()
    {
        Needs.NotQuick("S3 servers");
        Needs.That(IsInstalled, Needs.CephRgw);
        var port = Ports.Free(inARow: 16);
        _server = new ServerScript("rgw.sh", "RGW_DIR", "wipe", new Dictionary<string, string>
        {
            ["RGW_PORT"] = $"{port}",
            ["RGW_ACCESS_KEY"] = AccessKeyId,
            ["RGW_SECRET_KEY"] = SecretAccessKey,
        });
        return new Uri($"http://127.0.0.1:{port}");
    }
}
