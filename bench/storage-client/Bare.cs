using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace StorageBench;

/// <summary>Amazon's client and nothing else: what this library cannot be faster than by much.</summary>
internal static class Bare
{
    public static AmazonS3Client Client() => new(new AmazonS3Config
    {
        ServiceURL = Environment.GetEnvironmentVariable("ENDPOINT"),
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
    });

    public static async Task UploadAsync(string folder)
    {
        using var client = Client();
        var bucket = Environment.GetEnvironmentVariable("BUCKET");
        await Self.FilesAsync(folder, file => client.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = $"bare-files/{Path.GetFileName(file)}", FilePath = file }));
    }
}
