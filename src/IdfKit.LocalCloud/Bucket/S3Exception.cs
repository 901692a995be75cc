using System.Globalization;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>An error of the S3 protocol (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).</summary>
internal sealed class S3Exception(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static S3Exception NoSuchKey(string key) => new(404, "NoSuchKey", $"The specified key does not exist: {key}");

    public static S3Exception NoSuchBucket(string bucket, string served) =>
        new(404, "NoSuchBucket", $"The specified bucket does not exist: {bucket}. This server has one bucket, {served}.");

    public static S3Exception NoSuchUpload(string id) => new(404, "NoSuchUpload", $"The specified upload does not exist: {id}");

    public static S3Exception PreconditionFailed(string header) =>
        new(412, "PreconditionFailed", $"At least one of the pre-conditions you specified did not hold: {header}");

    public static S3Exception InvalidArgument(string message) => new(400, "InvalidArgument", message);

    public static S3Exception InvalidRequest(string message) => new(400, "InvalidRequest", message);

    public static S3Exception MalformedXml() =>
        new(400, "MalformedXML", "The XML you provided was not well-formed or has an element missing.");

    public static S3Exception InvalidRange(long size) =>
        new(416, "InvalidRange",
            string.Create(CultureInfo.InvariantCulture, $"The requested range is not satisfiable: the object has {size} bytes."));

    public static S3Exception NotImplemented(string what) =>
        new(501, "NotImplemented", $"{what} is not part of this local bucket; docs/local-cloud.md lists what is.");
}
