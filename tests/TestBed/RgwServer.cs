using Xunit;

namespace TestBed;

/// <summary>
/// A real S3 server (Ceph RADOS Gateway), one per test process: started by the first test that asks for it, wiped at the end.
/// Give it to a test assembly with <c>[assembly: AssemblyFixture(typeof(RgwServer))]</c> and take it as a constructor argument. Tests use a bucket each.
/// </summary>
public sealed class RgwServer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Lock _topics = new();
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

    /// <summary>A topic that posts S3 event records to <paramref name="listener"/>; name it in PutBucketNotification.</summary>
    /// <returns>Its ARN.</returns>
    public string CreatePushTopic(string name, Uri listener)
    {
        _ = EndpointUrl;
        // RGW 16.2 keeps all topics in one object, and answers 500 to one of two that are made, or put to use, at the same moment.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                lock (_topics) return _server!.RunSibling("rgw-topic.sh", name, listener.AbsoluteUri);
            }
            catch (InvalidOperationException) when (attempt < 5)
            {
                Thread.Sleep(50 * attempt);
            }
        }
    }

    /// <summary>A user who may do what an IAM policy says, and nothing else.</summary>
    public void CreateUser(string accessKeyId, string secretAccessKey, string policy)
    {
        var endpoint = EndpointUrl;
        _server!.RunCommand($"CEPH_CONF=\"$RGW_DIR/ceph.conf\" radosgw-admin caps add --uid=test --caps='user-policy=*'");
        _server.RunCommand($"CEPH_CONF=\"$RGW_DIR/ceph.conf\" radosgw-admin user create --uid={accessKeyId} --display-name={accessKeyId} --access-key={accessKeyId} --secret={secretAccessKey}");
        _server.RunCommand(
            $"curl -sS --fail-with-body --aws-sigv4 aws:amz:us-east-1:iam -u '{AccessKeyId}:{SecretAccessKey}' {endpoint} "
            + $"-d Action=PutUserPolicy -d UserName={accessKeyId} -d PolicyName=role --data-urlencode 'PolicyDocument={policy}'");
    }

    public void Dispose() => _server?.Dispose();

    private Uri Start()
    {
        Assert.SkipWhen(RealParts.SharedFolder is null, "needs ../shared/s3/rgw.sh");
        Assert.SkipUnless(ServerScript.IsInstalled("radosgw") && ServerScript.IsInstalled("ceph-osd"), "needs Ceph RGW: run ../shared/s3/install-rgw.sh");
        var monitor = ServerScript.FreePort([.. Enumerable.Range(10, 51)]);
        var port = ServerScript.FreePort();
        while (port >= monitor && port <= monitor + 60) port = ServerScript.FreePort();
        _server = new ServerScript(Path.Combine(RealParts.SharedFolder!, "s3", "rgw.sh"), "RGW_DIR", "wipe", new Dictionary<string, string>
        {
            ["RGW_PORT"] = $"{port}",
            ["RGW_MONPORT"] = $"{monitor}",
            ["RGW_FRONTEND"] = "civetweb",  // with beast, DeleteObjects on a bucket with a notification aborts the server
            ["S3_KEY"] = AccessKeyId,
            ["S3_SECRET"] = SecretAccessKey,
        });
        return new Uri($"http://127.0.0.1:{port}");
    }
}
