using Amazon.Runtime;
using Amazon.S3;

using IdfKit.LocalCloud;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>A bucket that tells a function of what is put into it.</summary>
internal interface IEventBucket : IAsyncDisposable
{
    string Name { get; }

    Uri EndpointUrl { get; }

    /// <summary>A client that reaches it.</summary>
    AmazonS3Client S3 { get; }

    /// <summary>From now on the function gets an event for every object that is put below the prefix, before the put is answered.</summary>
    Task NotifyAsync(string prefix, LocalLambda function);

    protected static AmazonS3Client ClientOf(Uri endpoint, string accessKeyId, string secretAccessKey)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = endpoint.AbsoluteUri,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        return new(new BasicAWSCredentials(accessKeyId, secretAccessKey), config);
    }
}
