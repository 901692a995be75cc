using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3.Transfers;

internal sealed partial class S3Upload
{
    private List<Tag>? Tags => Sent(Write.Tags);

    /// <summary>Tags as requests hold them; null when there are none.</summary>
    public static List<Tag>? Sent(IReadOnlyDictionary<string, string> tags) =>
        tags.Count == 0 ? null : [.. tags.Select(static tag => new Tag { Key = tag.Key, Value = tag.Value })];

    // Ceph 16.2 forgets the tags that an upload by parts was begun with.
    private async Task TagAsync(FileEntry stored, List<Tag> tags)
    {
        var request = new PutObjectTaggingRequest
        {
            BucketName = bucket.Name, Key = _key, VersionId = stored.VersionId, Tagging = new Tagging { TagSet = tags }
        };
        try
        {
            await bucket.CleanUpAsync(
                operation, path, (s3, token) => s3.PutObjectTaggingAsync(request, token)).ConfigureAwait(false);
        }
        // A server without that request has no tags beyond those that the upload was begun with.
        catch (StorageException without) when (without.InnerException is AmazonS3Exception { ErrorCode: "NotImplemented" })
        {
            return;
        }
        catch (StorageException failed)
        {
            throw S3Errors.NotTagged(operation, path, bucket.Name, failed);
        }
    }

    // A copy by parts is a new object to the server, so the tags have to be brought along; who may not read them, or where
    // there are none, copies without.
    private async Task<List<Tag>?> TagsOfAsync(string sourceKey, CancellationToken cancellationToken)
    {
        var request = new GetObjectTaggingRequest { BucketName = bucket.Name, Key = sourceKey };
        try
        {
            var answer = await bucket.CallAsync(
                operation, path, (s3, token) => s3.GetObjectTaggingAsync(request, token), cancellationToken).ConfigureAwait(false);
            return answer.Tagging is { Count: > 0 } tags ? tags : null;
        }
        catch (StorageException none) when (none.Kind is StorageErrorKind.AccessDenied or StorageErrorKind.Unknown)
        {
            return null;
        }
    }
}
