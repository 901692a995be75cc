using System.Collections;
using Amazon;
using Amazon.Runtime;
using IdfKit.Storage.S3.Identity;

namespace IdfKit.Cli.Aws;

/// <summary>Who asks AWS, in which region, and at which servers.</summary>
internal sealed class AwsAccount
{
    private const string Default = "us-east-1";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyDictionary<string, Uri> _servers;

    private AwsAccount(ImmutableCredentials keys, string region, IReadOnlyDictionary<string, Uri> servers) =>
        (Keys, Region, _servers) = (keys, region, servers);

    public ImmutableCredentials Keys { get; }

    public string Region { get; }

    /// <summary>The server that answers instead of Amazon's S3; null: Amazon's.</summary>
    public Uri? S3Server => Named(AwsService.S3);

    /// <summary>Finds credentials as the file systems do, and the region as the SDK does.</summary>
    /// <exception cref="AwsSetupException">There are none, or a variable cannot be used.</exception>
    public static async Task<AwsAccount> OpenAsync(IDictionary variables)
    {
        var servers = ServersIn(variables);
        var region = Text(variables, "AWS_REGION") ?? Text(variables, "AWS_DEFAULT_REGION")
            ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName ?? (servers.Count > 0 ? Default : null);
        if (region is null)
            throw new AwsSetupException("No region is set: set AWS_REGION to the one of the stack and the bucket, such as eu-central-1.");
        return new AwsAccount(await KeysAsync(), region, servers);
    }

    public AwsAccount With(ImmutableCredentials keys) => new(keys, Region, _servers);

    public AwsAccount In(string region) => new(Keys, region, _servers);

    /// <summary>
    /// Where a service answers. Null where only S3 was given a server of its own: Amazon must not be asked about
    /// another's buckets.
    /// </summary>
    public Uri? ServerOf(AwsService service)
    {
        if (Named(service) is { } named) return named;
        if (S3Server is { } s3 && !s3.Host.Contains("amazonaws.com", StringComparison.OrdinalIgnoreCase)) return null;
        var suffix = RegionEndpoint.GetBySystemName(Region).PartitionDnsSuffix;
        return new Uri(service == AwsService.Iam ? $"https://{IamHost(suffix)}" : $"https://{service.Host}.{Region}.{suffix}");
    }

    /// <summary>The region that signatures for a service name: IAM is one for a whole partition.</summary>
    public string ScopeOf(AwsService service) => service != AwsService.Iam || Named(service) is not null
        ? Region
        : Region.StartsWith("cn-", StringComparison.Ordinal) ? "cn-north-1"
        : Region.StartsWith("us-gov-", StringComparison.Ordinal) ? "us-gov-west-1"
        : Default;

    private static async Task<ImmutableCredentials> KeysAsync()
    {
        using var identity = new ChainIdentity(profile: null, Longest, TimeProvider.System);
        try { return await identity.GetAsync(CancellationToken.None); }
        catch (OperationCanceledException) { throw Without(IdentitySentences.TookTooLong(identity.Describe(), Longest)); }
        catch (IdentityException e) { throw Without(e); }
    }

    private static AwsSetupException Without(IdentityException why) => new(
        "No credentials can be had: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or "
            + $"sign in with 'aws sso login' ({why.Message}).");

    private string IamHost(string suffix) => Region.StartsWith("cn-", StringComparison.Ordinal) ? $"iam.cn-north-1.{suffix}"
        : Region.StartsWith("us-gov-", StringComparison.Ordinal) ? $"iam.us-gov.{suffix}"
        : $"iam.{suffix}";

    private Uri? Named(AwsService service) =>
        _servers.GetValueOrDefault("AWS_ENDPOINT_URL_" + service.Variable) ?? _servers.GetValueOrDefault("AWS_ENDPOINT_URL");

    private static Dictionary<string, Uri> ServersIn(IDictionary variables)
    {
        var servers = new Dictionary<string, Uri>(StringComparer.Ordinal);
        foreach (var name in variables.Keys.OfType<string>().Where(name => name.StartsWith("AWS_ENDPOINT_URL", StringComparison.Ordinal)))
        {
            if (Text(variables, name) is not { } value) continue;
            if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                throw new AwsSetupException($"{name} is no URL: it must begin with http:// or https://.");
            servers[name] = new UriBuilder(url) { UserName = "", Password = "" }.Uri;
        }
        return servers;
    }

    private static string? Text(IDictionary variables, string name) => variables[name] is string { Length: > 0 } text ? text : null;
}
