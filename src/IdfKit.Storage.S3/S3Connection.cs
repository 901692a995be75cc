using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using IdfKit.Storage.S3.Identity;

namespace IdfKit.Storage.S3;

/// <summary>
/// The SDK's client and who signs its requests. With an endpoint URL, what compatible servers need is set beside it. Nothing is
/// opened or read before the first request.
/// </summary>
internal sealed class S3Connection : IDisposable
{
    /// <summary>How much of a content is read and sent at a time.</summary>
    public const int BytesAtATime = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly S3FileSystemOptions _options;
    private readonly SigningCredentials _signing = new();
    private readonly CallerIdentity? _identity;
    private readonly bool _owned;
    private IAmazonS3? _client;

    /// <param name="options">How to reach the server and as whom.</param>
    /// <param name="client">A client of the caller's, which signs by itself and stays open.</param>
    /// <param name="clock">When credentials end.</param>
    public S3Connection(S3FileSystemOptions options, IAmazonS3? client, TimeProvider? clock = null)
    {
        _options = options;
        _client = client;
        _owned = client is null;
        if (_owned) _identity = IdentityOf(options, clock ?? TimeProvider.System);
    }

    /// <summary>The server that is not AWS; null: AWS.</summary>
    public Uri? Endpoint => _owned && _options.EndpointUrl is { } given
        ? given
        : UriOf((_client?.Config as AmazonS3Config ?? Profiled()).ServiceURL);

    /// <summary>The client, able to sign.</summary>
    /// <exception cref="IdentityException">There are no credentials, or not in time.</exception>
    public async ValueTask<IAmazonS3> ReadyAsync(CancellationToken budget, CancellationToken cancellationToken)
    {
        if (_identity is null) return _client!;
        try
        {
            _signing.Current = await _identity.GetAsync(budget).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw IdentitySentences.TookTooLong(_identity.Describe(), _options.OperationTimeout);
        }
        lock (_lock)
        {
            return _client ??= Open();
        }
    }

    /// <summary>The server called the credentials expired.</summary>
    public void Reject() => _identity?.Reject();

    public void Dispose()
    {
        if (!_owned) return;
        _identity?.Dispose();
        lock (_lock)
        {
            _client?.Dispose();
        }
    }

    private static CallerIdentity IdentityOf(S3FileSystemOptions options, TimeProvider clock) => options switch
    {
        { Credentials: { } given } => new GivenIdentity(given),
        { CredentialProvider: { } provider } => new ProvidedIdentity(provider, options.OperationTimeout, clock),
        _ => new ChainIdentity(options.Profile, options.OperationTimeout, clock),
    };

    // The SDK reads AWS_ENDPOINT_URL_S3 and the profile by itself.
    private AmazonS3Config Profiled() =>
        _options.Profile is { } profile ? new AmazonS3Config { Profile = new Profile(profile) } : new AmazonS3Config();

    private static Uri? UriOf(string? url) => string.IsNullOrEmpty(url) ? null : new Uri(url);

    private ObservedS3Client Open()
    {
        var config = Profiled();
        (config.MaxErrorRetry, config.RetryMode, config.ConnectTimeout) = (3, RequestRetryMode.Standard, TimeSpan.FromSeconds(10));
        config.BufferSize = BytesAtATime;
        var endpoint = _options.EndpointUrl?.AbsoluteUri;
        if (_options.Region is not null && endpoint is null) config.RegionEndpoint = RegionEndpoint.GetBySystemName(_options.Region);
        // The SDK reads AWS_ENDPOINT_URL_S3 by itself, but sets nothing else for the server behind it.
        endpoint ??= config.ServiceURL;
        if (!string.IsNullOrEmpty(endpoint))
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = _options.Region ?? "us-east-1";
        }
        config.ForcePathStyle = _options.PathStyle ?? !string.IsNullOrEmpty(endpoint);
        if (_options.Checksums == S3Checksums.WhenRequired || _options.Checksums == S3Checksums.Default && !string.IsNullOrEmpty(endpoint))
        {
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }
        return new ObservedS3Client(_signing, config, _options.OperationTimeout);
    }
}
