using TestBed;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>
/// The S3 server that tells the function of what was put: Ceph RGW where it is installed, else, or with <c>IDFKIT_TEST_S3=local</c>,
/// the local cloud. Each test has a bucket of its own; its output says on which server.
/// </summary>
public sealed class EventServer : IAsyncLifetime
{
    private readonly RgwServer _rgw = new();
    private readonly TransformedTemplate _template = new();

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

    public ValueTask InitializeAsync() => IsLocal ? ValueTask.CompletedTask : _template.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _template.DisposeAsync();
        _rgw.Dispose();
    }

    /// <summary>The template as it would be deployed for this bucket and these variables of the function.</summary>
    internal DeployedStack Deploy(string bucket, IReadOnlyDictionary<string, string> parameters) =>
        new(_template, DeployedStack.NameOf(bucket), parameters);

    /// <summary>Whether functions get a user of their own, with the policy of the template's role and nothing else.</summary>
    internal bool HasRoles => !IsLocal && _template.IsAvailable;

    /// <summary>
    /// A user with that policy. The bucket's owner may read what it writes, as on AWS, where the owner of a bucket owns it all.
    /// </summary>
    internal async Task<(string AccessKeyId, string SecretAccessKey)> CreateRoleAsync(
        string policy, params IReadOnlyList<IEventBucket> buckets)
    {
        var (key, secret) = ("fn" + Guid.NewGuid().ToString("N")[..18], Guid.NewGuid().ToString("N"));
        foreach (var bucket in buckets)
            await bucket.S3.PutBucketPolicyAsync(bucket.Name, OwnersAccess(bucket.Name), TestContext.Current.CancellationToken);
        Rgw.CreateUser(key, secret, policy);
        return (key, secret);
    }

    private static string OwnersAccess(string bucket) => $$"""
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam:::user/owner"]},
          "Action": "s3:*", "Resource": ["arn:aws:s3:::{{bucket}}", "arn:aws:s3:::{{bucket}}/*"]}]}
        """;
}
