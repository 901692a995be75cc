using System.Text.Json;

using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

using TestBed;

namespace Measuring;

/// <summary>The bucket that everybody works on.</summary>
public sealed class MeasuredBucket(RgwServer server) : IDisposable
{
    private readonly AmazonS3Client _s3 = new(new BasicAWSCredentials(server.AccessKeyId, server.SecretAccessKey), new AmazonS3Config
    {
        ServiceURL = server.EndpointUrl.AbsoluteUri,
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
    });

    public string Name { get; } = RgwServer.NewBucketName();

    public Task CreateAsync() => _s3.PutBucketAsync(Name);

    public Task PutAsync(string key, string path) =>
        _s3.PutObjectAsync(new PutObjectRequest { BucketName = Name, Key = key, FilePath = path });

    /// <summary>A run that failed would look fast.</summary>
    public async Task ExpectCommittedAsync(string key)
    {
        using var record = await RecordAsync(key);
        if (record.RootElement.GetProperty("status").GetString() != "completed")
            throw new InvalidOperationException($"The run of {key} did not complete: {record.RootElement.GetProperty("message")}");
    }

    /// <summary>The record of the run of that model.</summary>
    public async Task<JsonDocument> RecordAsync(string key)
    {
        using var response = await _s3.GetObjectAsync(Name, "outputs/" + key["inputs/".Length..^".idf".Length] + "/run.json");
        return await JsonDocument.ParseAsync(response.ResponseStream);
    }

    public void Dispose() => _s3.Dispose();
}
