using Amazon.S3;
using Amazon.S3.Model;
using IdfKit.Storage.Removing;

namespace IdfKit.Storage.S3.Removals;

/// <summary>Objects removed by one request for many; each of them is answered, and what failed for a while is tried again.</summary>
internal sealed class BulkRemoval(S3Bucket bucket, string operation, Removal removal)
{
    /// <summary>S3's limit for one request.</summary>
    public const int MostKeys = 1000;

    private const int Tries = 3;

    public async Task RemoveAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var failures = new List<StorageException>();
        var left = keys.Where(IsXml).ToList();
        foreach (var key in keys.Except(left))
            await DeleteAsync(key, failures, cancellationToken).ConfigureAwait(false);
        for (var tries = 1; left.Count > 0; tries++)
        {
            var failed = await DeleteAsync(left, cancellationToken).ConfigureAwait(false);
            left = tries == Tries ? [] : [.. failed.Where(failure => failure.MayPass).Select(failure => failure.Key)];
            failures.AddRange(failed.Where(failure => !left.Contains(failure.Key)).Select(failure => failure.Error));
            if (left.Count > 0) await Task.Delay(TimeSpan.FromMilliseconds(100 << tries), cancellationToken).ConfigureAwait(false);
        }
        removal.Note(keys.Count, failures);
    }

    private async Task<List<Failure>> DeleteAsync(List<string> keys, CancellationToken cancellationToken)
    {
        var request = new DeleteObjectsRequest
        {
            BucketName = bucket.Name, Quiet = true, Objects = keys.ConvertAll(key => new KeyVersion { Key = key })
        };
        try
        {
            var answer = await bucket.CallAsync(operation, PathOf(keys[0]), async (s3, token) =>
            {
                try
                {
                    return await s3.DeleteObjectsAsync(request, token).ConfigureAwait(false);
                }
                catch (DeleteObjectsException some)
                {
                    return some.Response;
                }
            }, cancellationToken).ConfigureAwait(false);
            return [.. (answer.DeleteErrors ?? [])
                .Select(error => new Failure(error.Key, S3Errors.OfOne(error.Code, operation, PathOf(error.Key), bucket.Name)))
                .Where(failure => failure.Error.Kind is not StorageErrorKind.NotFound)];
        }
        catch (StorageException all) when (all.Kind is not StorageErrorKind.NotFound)
        {
            // Tried again as a whole already.
            return keys.ConvertAll(key => new Failure(key, OfOne(all, key), wasTriedAgain: true));
        }
    }

    private StorageException OfOne(StorageException all, string key) =>
        new(all.Kind, operation, PathOf(key), all.Message, all.IsTransient, all);

    // The request for many is XML, which cannot hold every character that a key can.
    private async Task DeleteAsync(string key, List<StorageException> failures, CancellationToken cancellationToken)
    {
        var request = new DeleteObjectRequest { BucketName = bucket.Name, Key = key };
        try
        {
            await bucket.CallAsync(operation, PathOf(key), (s3, token) => s3.DeleteObjectAsync(request, token), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StorageException failed) when (failed.Kind is not StorageErrorKind.NotFound)
        {
            failures.Add(failed);
        }
    }

    private static bool IsXml(string key) => !key.Any(character => character < ' ' || character >= '\ufffe');

    private string PathOf(string key) => key[bucket.Options.Prefix.Length..];

    /// <summary>What the server said of one object.</summary>
    private readonly struct Failure(string key, StorageException error, bool wasTriedAgain = false)
    {
        public string Key => key;

        public StorageException Error => error;

        /// <summary>Whether trying it again may help.</summary>
        public bool MayPass => error.IsTransient && !wasTriedAgain;
    }
}
