using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace IdfKit.Storage.S3;

/// <summary>Turns options into the SDK's client. With an endpoint URL, what compatible servers need is set beside it.</summary>
internal static class S3Connection
{
    public static AmazonS3Client Open(S3FileSystemOptions options)
    {
        var config = new AmazonS3Config
        {
            MaxErrorRetry = 3, RetryMode = RequestRetryMode.Standard, ConnectTimeout = TimeSpan.FromSeconds(10)
        };
        var endpoint = options.EndpointUrl?.AbsoluteUri;
        if (options.Region is not null && endpoint is null) config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        // The SDK reads AWS_ENDPOINT_URL_S3 by itself, but sets nothing else for the server behind it.
        endpoint ??= config.ServiceURL;
        if (!string.IsNullOrEmpty(endpoint))
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = options.Region ?? "us-east-1";
        }
        config.ForcePathStyle = options.PathStyle ?? !string.IsNullOrEmpty(endpoint);
        if (options.Checksums == S3Checksums.WhenRequired || options.Checksums == S3Checksums.Default && !string.IsNullOrEmpty(endpoint))
        {
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }
        return options.Credentials is { } given ? new ObservedS3Client(Explicit(given), config) : new ObservedS3Client(config);
    }

    private static AWSCredentials Explicit(S3Credentials given) => given.SessionToken is { } token
        ? new SessionAWSCredentials(given.AccessKeyId, given.SecretAccessKey, token)
        : new BasicAWSCredentials(given.AccessKeyId, given.SecretAccessKey);
}
