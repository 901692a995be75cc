using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3;

public sealed partial class AsyncS3FileSystem
{
    private static readonly TimeSpan LongestSignature = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public Task<Uri> PresignGetAsync(string path, TimeSpan validFor, CancellationToken cancellationToken = default) =>
        SignAsync(nameof(IFileSystem.PresignGet), path, HttpVerb.GET, validFor, null, cancellationToken);

    /// <summary>
    /// What the options say of encryption, storage class and tags is not applied: the sender would have to give it.
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
            throw new ArgumentOutOfRangeException(nameof(validFor), validFor, "An address can be valid from one second to seven days.");
        cancellationToken.ThrowIfCancellationRequested();
        var request = new GetPreSignedUrlRequest
        {
            BucketName = _bucket.Name, Key = key, Verb = verb, Expires = TimeProvider.System.GetUtcNow().UtcDateTime + validFor,
        };
        if (contentType is not null) request.ContentType = contentType;
        return new Uri(await _bucket.SignAsync(operation, path, request, cancellationToken).ConfigureAwait(false));
    }
}
