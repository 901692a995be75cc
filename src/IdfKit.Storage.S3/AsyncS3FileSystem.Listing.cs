using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3;

public sealed partial class AsyncS3FileSystem
{
    /// <summary>One request per 1,000 objects. Keys that are no valid paths, such as folder markers, are left out.</summary>
    /// <inheritdoc/>
    public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default)
    {
        StoragePath.CheckFolder(path, nameof(IFileSystem.List));
        return EntriesAsync(nameof(IFileSystem.List), path, _bucket.FolderKey(path, nameof(IFileSystem.List)), null, cancellationToken);
    }

    /// <summary>A pattern for one folder lists that folder alone; others list all below the part before the first wildcard.</summary>
    /// <inheritdoc/>
    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default)
    {
        StoragePath.CheckFolder(path, nameof(IFileSystem.Glob));
        var glob = new GlobPattern(pattern);
        var prefix = _bucket.FolderKey(path, nameof(IFileSystem.Glob)) + glob.LiteralPrefix;
        if (glob.MatchesNothing(path)) return AsyncEnumerable.Empty<string>();
        return MatchesAsync(path, glob, prefix, cancellationToken);
    }

    private async IAsyncEnumerable<string> MatchesAsync(
        string path, GlobPattern glob, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var skip = path.Length == 0 ? 0 : path.Length + 1;
        var delimiter = glob.IsSingleFolder ? "/" : null;
        var entries = EntriesAsync(nameof(IFileSystem.Glob), path, prefix, delimiter, cancellationToken);
        await foreach (var entry in entries.ConfigureAwait(false))
            if (glob.IsMatch(entry.Path[skip..])) yield return entry.Path;
    }

    private async IAsyncEnumerable<FileEntry> EntriesAsync(
        string operation, string path, string prefix, string? delimiter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = _bucket.Name, Prefix = prefix, Delimiter = delimiter, Encoding = EncodingType.Url
        };
        ListObjectsV2Response page;
        do
        {
            page = await _bucket.CallAsync(
                operation, path, (s3, token) => s3.ListObjectsV2Async(request, token), cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrEmpty(page.Name)) throw S3Errors.NotS3(operation, path, _bucket.Name);
            foreach (var listed in page.S3Objects ?? [])
            {
                var key = page.Encoding == EncodingType.Url ? Decoded(listed.Key) : listed.Key;
                var found = key[_bucket.Options.Prefix.Length..];
                if (StoragePath.IsValid(found)) yield return S3Entry.Of(found, listed);
            }
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated is true);
    }

    // Some keys are no XML, so servers are asked to encode them; a form's '+' for a space is what AWS does, '%20' what others do.
    private static string Decoded(string key) => Uri.UnescapeDataString(key.Replace('+', ' '));
}
