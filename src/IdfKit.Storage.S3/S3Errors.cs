using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using IdfKit.Storage.S3.Identity;

namespace IdfKit.Storage.S3;

/// <summary>The table from S3's and the SDK's errors to kinds. Messages name code and status, never a header or a body.</summary>
internal static class S3Errors
{
    /// <summary>Whether <paramref name="error"/> comes from the server, the SDK or the network between, and has to be wrapped.</summary>
    public static bool IsOfS3(Exception error) =>
        error is IdentityException or AmazonClientException or AmazonServiceException or HttpRequestException
            or SocketException or TimeoutException or System.Xml.XmlException
        || error is IOException and not StorageException
        || IdentityErrors.OfClient(error) is not null;

    public static StorageException Wrap(Exception error, string operation, string path, string bucket)
    {
        if ((error as IdentityException ?? IdentityErrors.OfClient(error)) is { } identity)
            return NoCredentials(identity, operation, path, bucket);
        var (kind, transient, why) = error is AmazonServiceException answer && answer.StatusCode != 0
            ? Answered(answer, bucket)
            : Unanswered(error);
        return new StorageException(
            kind, operation, path, $"{operation} of '{path}' in bucket '{bucket}' failed: {why}.", transient, error);
    }

    private static StorageException NoCredentials(IdentityException identity, string operation, string path, string bucket) =>
        new(identity.Kind, operation, path, $"{operation} of '{path}' in bucket '{bucket}' failed: {identity.Message}.",
            identity.IsTransient, identity.InnerException);

    public static StorageException TimedOut(string operation, string path, string bucket, TimeSpan budget, Exception cause) =>
        new(StorageErrorKind.Unavailable, operation, path,
            $"{operation} of '{path}' in bucket '{bucket}' failed: no answer within {budget.TotalSeconds:0.#} "
                + "s; try again or raise OperationTimeout.",
            innerException: cause);

    public static StorageException NotS3(string operation, string path, string bucket) =>
        new(StorageErrorKind.Unavailable, operation, path,
            $"{operation} of '{path}' in bucket '{bucket}' failed: what answered is no S3 server; check the endpoint URL.",
            isTransient: false);

    public static StorageException Altered(string operation, string path, string bucket) =>
        new(StorageErrorKind.Corrupted, operation, path,
            $"{operation} of '{path}' in bucket '{bucket}' failed: the content does not match its checksum; try again.",
            isTransient: true);

    public static StorageException Failed(string operation, string path, string bucket, string why) =>
        new(StorageErrorKind.PreconditionFailed, operation, path, $"{operation} of '{path}' in bucket '{bucket}' changed nothing: {why}.");

    public static StorageException Replaced(string operation, string path, string bucket) =>
        new(StorageErrorKind.Conflict, operation, path,
            $"{operation} of '{path}' in bucket '{bucket}' failed: the object was replaced or removed meanwhile; start again.",
            isTransient: true);

    /// <summary>Whether there is no such version: servers say so in several ways, also for what marks a removal.</summary>
    public static bool IsNoVersion(StorageException error) =>
        error is { InnerException: AmazonS3Exception { StatusCode: HttpStatusCode.MethodNotAllowed } }
            or { InnerException: AmazonS3Exception { StatusCode: HttpStatusCode.BadRequest, ErrorCode: "InvalidArgument" } };

    public static StorageException NoVersion(string operation, string path, string bucket, StorageException cause) =>
        new(StorageErrorKind.NotFound, operation, path,
            $"{operation} of '{path}' in bucket '{bucket}' failed: there is no such version.", innerException: cause);

    public static StorageException NotTagged(string operation, string path, string bucket, StorageException cause) =>
        new(cause.Kind, operation, path,
            $"{operation} of '{path}' in bucket '{bucket}' stored the content, but not its tags; write it again. {cause.Message}",
            cause.IsTransient, cause);

    /// <summary>What the server said of one of several objects.</summary>
    public static StorageException OfOne(string code, string operation, string path, string bucket) =>
        Wrap(new AmazonS3Exception(code, ErrorType.Unknown, code, null, HttpStatusCode.OK), operation, path, bucket);

    private static (StorageErrorKind Kind, bool? Transient, string Why) Answered(AmazonServiceException error, string bucket)
    {
        var status = StatusOf(error);
        var code = string.IsNullOrEmpty(error.ErrorCode) ? $"status {status}" : $"{error.ErrorCode}, status {status}";
        return error.ErrorCode switch
        {
            "NoSuchBucket" => (StorageErrorKind.NotFound, null, $"there is no bucket '{bucket}'; check its name, region and endpoint"),
            "NoSuchUpload" => (StorageErrorKind.Conflict, true, "the multipart upload was aborted by someone else"),
            "KeyTooLongError" => (StorageErrorKind.InvalidPath, null, "the key is too long"),
            "SlowDown" or "Throttling" or "ThrottlingException" or "RequestLimitExceeded" or "TooManyRequests" =>
                (StorageErrorKind.Throttled, null, $"the server asks to slow down ({code})"),
            "BadDigest" or "XAmzContentSHA256Mismatch" or "InvalidDigest" or "XAmzContentChecksumMismatch" =>
                (StorageErrorKind.Corrupted, true, $"the content was altered on its way ({code})"),
            "RequestTimeout" or "IncompleteBody" => (StorageErrorKind.Unavailable, null, $"the content was cut off on its way ({code})"),
            "QuotaExceeded" or "XMinioStorageFull" => (StorageErrorKind.OutOfSpace, null, $"no space is left ({code})"),
            "InvalidObjectState" => (StorageErrorKind.AccessDenied, null, "the object is archived; restore it first (InvalidObjectState)"),
            { } kms when kms.StartsWith("KMS.", StringComparison.Ordinal) =>
                (StorageErrorKind.AccessDenied, null, $"the key that it is encrypted with cannot be used ({code})"),
            "RequestTimeTooSkewed" => (StorageErrorKind.AccessDenied, null, "the clock of this machine differs too much from the server's"),
            "ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" =>
                (StorageErrorKind.AccessDenied, null, $"the temporary credentials are expired or wrong ({code})"),
            "AuthorizationHeaderMalformed" or "PermanentRedirect" or "TemporaryRedirect" or "IllegalLocationConstraintException" =>
                (StorageErrorKind.AccessDenied, null, AnotherRegion(code)),
            _ => ByStatus(status, code),
        };
    }

    // Some answers begin with 200 before the server knows how the work will end; then only the code tells.
    private static int StatusOf(AmazonServiceException error) => (int)error.StatusCode >= 300
        ? (int)error.StatusCode
        : error.ErrorCode switch
        {
            "InternalError" or "InternalServerError" => 500,
            "ServiceUnavailable" or "Busy" => 503,
            "NoSuchKey" or "NoSuchVersion" or "NoSuchBucket" => 404,
            "AccessDenied" or "AllAccessDisabled" or "Forbidden" => 403,
            "OperationAborted" or "ConditionalRequestConflict" or "Conflict" => 409,
            "PreconditionFailed" => 412,
            "NotImplemented" => 501,
            _ => (int)error.StatusCode,
        };

    private static (StorageErrorKind Kind, bool? Transient, string Why) ByStatus(int status, string code) => status switch
    {
        404 => (StorageErrorKind.NotFound, null, "nothing is stored there"),
        401 or 403 => (StorageErrorKind.AccessDenied, null, $"the credentials do not permit it ({code})"),
        409 => (StorageErrorKind.Conflict, true, $"another write came at the same moment ({code}); try again"),
        412 => (StorageErrorKind.PreconditionFailed, null, "the condition did not hold, so nothing was changed"),
        429 => (StorageErrorKind.Throttled, null, $"the server asks to slow down ({code})"),
        507 => (StorageErrorKind.OutOfSpace, null, $"no space is left ({code})"),
        301 or 302 or 307 or 308 => (StorageErrorKind.AccessDenied, null, AnotherRegion(code)),
        400 => (StorageErrorKind.Unknown, null, $"the server refused it ({code}); check the region, the endpoint and the options"),
        421 => (StorageErrorKind.Unknown, null,
            $"this is not the address of a bucket ({code}); check the endpoint: 'idfkit dev' prints that of its bucket behind Endpoint"),
        501 => (StorageErrorKind.Unknown, null, $"the server does not offer it ({code})"),
        408 or >= 500 => (StorageErrorKind.Unavailable, null, $"the server failed ({code}); try again"),
        _ => (StorageErrorKind.Unknown, null, $"the server refused it ({code})"),
    };

    private static (StorageErrorKind Kind, bool? Transient, string Why) Unanswered(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
                return (StorageErrorKind.Unavailable, null,
                    $"the server cannot be reached ({socket.SocketErrorCode}); check the endpoint and the network");
            if (cause is AmazonUnmarshallingException or System.Xml.XmlException)
                return (StorageErrorKind.Unavailable, false, "what answered is no S3 server; check the endpoint URL");
        }
        if (error is HttpRequestException or IOException or TimeoutException
            || error.InnerException is HttpRequestException or IOException or TimeoutException)
        {
            return (StorageErrorKind.Unavailable, null, "the connection was lost; try again");
        }
        if (error.Message.Contains("redentials", StringComparison.Ordinal)
            || error is Amazon.Runtime.CredentialManagement.ProfileNotFoundException)
        {
            return (StorageErrorKind.AccessDenied, null, "no credentials were found; give them as options or in the environment");
        }
        if (error.Message.Contains("egion", StringComparison.Ordinal))
            return (StorageErrorKind.AccessDenied, null, "no region was found; set Region, or AWS_REGION in the environment");
        return (StorageErrorKind.Unknown, null, "the SDK reported " + error.GetType().Name);
    }

    private static string AnotherRegion(string? code) =>
        $"the bucket is in another region; set Region, or AWS_REGION in the environment ({code})";
}
