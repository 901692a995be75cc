using Amazon.S3;
using Amazon.S3.Model;
using IdfKit.Storage.Rules;

namespace IdfKit.Storage.S3;

public sealed partial class AsyncS3FileSystem
{
    private static readonly TimeSpan LongestSignature = TimeSpan.FromDays(7);

    /// <summary>
    /// <see cref="S3FileSystemOptions.ExpectedBucketOwner"/> and <see cref="S3FileSystemOptions.RequesterPays"/> stand in
    /// the address as signed parameters, and hold for everyone who uses it, without a header of his own. The requester who pays is
    /// the one who signed.
    /// </summary>
    /// <inheritdoc/>
    public Task<Uri> PresignGetAsync(string path, TimeSpan validFor, CancellationToken cancellationToken = default) =>
        SignAsync(nameof(IFileSystem.PresignGet), path, HttpVerb.GET, validFor, null, cancellationToken);

    /// <summary>
    /// What the options say of encryption, storage class and tags is not applied: the sender would have to give it. The
    /// bucket's owner and who pays stand in the address, as for <see cref="PresignGetAsync"/>.
    /// </summary>
    /// <inheritdoc/>
    public Task<Uri> PresignPutAsync(
        string path, TimeSpan validFor, string? contentType = null, CancellationToken cancellationToken = default) =>
        SignAsync(nameof(IFileSystem.PresignPut), path, HttpVerb.PUT, validFor, contentType, cancellationToken);

    private async Task<Uri> SignAsync(
        string operation, string path, HttpVerb verb, TimeSpan validFor, string? contentType, CancellationToken cancellationToken)
    {
        var key = _bucket.Key(path, operation);
        if (validFor < TimeSpan.FromSeconds(1) || validFor > LongestSignature)
            throw new ArgumentOutOfRangeException(null, "An address can be valid from one second to seven days.");
        if (ContentTypeRule.Fault(contentType) is { } fault)
            throw new StorageException(StorageErrorKind.InvalidOptions, operation, path,
                $"{operation} of '{path}' was given {fault}; nothing was signed.");
        cancellationToken.ThrowIfCancellationRequested();
        return new Uri(await _bucket.SignAsync(operation, path, Request, cancellationToken).ConfigureAwait(false));

        GetPreSignedUrlRequest Request()
        {
            var request = new GetPreSignedUrlRequest { BucketName = _bucket.Name, Key = key, Verb = verb, Expires = EndOf(validFor) };
            if (contentType is not null) request.ContentType = contentType;
            return request;
        }
    }

    // The SDK counts whole seconds from the start of this one, rounded up; seven days must not become a second more.
    private static DateTime EndOf(TimeSpan validFor)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var second = new DateTime(now.Ticks - now.Ticks % TimeSpan.TicksPerSecond, DateTimeKind.Utc);
        var (end, latest) = (now + validFor, second + LongestSignature);
        return end < latest ? end : latest;
    }
}
