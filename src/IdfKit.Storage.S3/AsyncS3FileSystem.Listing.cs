using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using IdfKit.Storage.Listing;
using IdfKit.Storage.S3.Listing;

namespace IdfKit.Storage.S3;

public sealed partial class AsyncS3FileSystem
{
    // After all keys that start alike and before what comes next: the largest character, which no one ends a name with.
    private const string LastInFolder = "\U0010FFFF";

    /// <summary>One request per 1,000 objects. Keys that are no valid paths, such as folder markers, are left out.</summary>
    /// <inheritdoc/>
    public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.List);
        var request = new ListObjectsV2Request { Prefix = _bucket.FolderKey(path, Operation) };
        return EntriesAsync(Operation, path, request, cancellationToken);
    }

    /// <summary>One request per 1,000 files and groups: S3 takes a delimiter of several characters.</summary>
    IAsyncEnumerable<FileEntry> IGroupedListing.ListGroupedAsync(string path, string mark, CancellationToken cancellationToken)
    {
        var prefix = _bucket.FolderKey(path, nameof(IFileSystem.List));
        return GroupedAsync(path, mark, new() { Prefix = prefix, Delimiter = mark }, cancellationToken);
    }

    /// <summary>A pattern for one folder lists that folder alone; others list all below the part before the first wildcard.</summary>
    /// <inheritdoc/>
    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.Glob);
        StoragePath.CheckFolder(path, Operation);
        var glob = new GlobPattern(pattern);
        var request = new ListObjectsV2Request
        {
            Prefix = _bucket.FolderKey(path, Operation) + glob.LiteralPrefix, Delimiter = glob.IsSingleFolder ? "/" : null
        };
        if (glob.MatchesNothing(path)) return AsyncEnumerable.Empty<string>();
        return MatchesAsync(path, glob, EntriesAsync(Operation, path, request, cancellationToken), CancellationToken.None);
    }

    /// <summary>One request per 1,000 files and folders of the level.</summary>
    /// <inheritdoc/>
    public IAsyncEnumerable<FileEntry> ListFolderAsync(
        string path, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.ListFolder);
        var prefix = _bucket.FolderKey(path, Operation);
        options?.Check(Operation);
        var request = new ListObjectsV2Request
        {
            Prefix = prefix, Delimiter = "/", StartAfter = StartKey(prefix, options?.StartAfter),
            MaxKeys = (int)Math.Min(1000, (options?.Limit ?? 1000) + 1L),
        };
        var pages = PagesAsync(Operation, path, request, cancellationToken);
        return LevelAsync(path, new FolderLevel(path, options), pages, CancellationToken.None);
    }

    private static async IAsyncEnumerable<string> MatchesAsync(
        string path, GlobPattern glob, IAsyncEnumerable<FileEntry> entries,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var skip = path.Length == 0 ? 0 : path.Length + 1;
        await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
            if (glob.IsMatch(entry.Path[skip..])) yield return entry.Path;
    }

    private async IAsyncEnumerable<FileEntry> LevelAsync(
        string path, FolderLevel level, IAsyncEnumerable<ListedPage> pages,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var listed in page.Keys)
            {
                page.ThrowIfStopped();
                if (level.IsFull) yield break;
                var found = PathOf(listed.IsFolder ? listed.Name[..^1] : listed.Name);
                if (!StoragePath.IsValid(found) || found == path || !level.Takes(found, listed.IsFolder)) continue;
                yield return listed.Object is { } stored ? S3Entry.Of(found, stored) : FolderLevel.Folder(found);
            }
            if (level.IsFull) yield break;
        }
    }

    private async IAsyncEnumerable<FileEntry> GroupedAsync(
        string path, string mark, ListObjectsV2Request request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = PagesAsync(nameof(IFileSystem.List), path, request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (pages.ConfigureAwait(false))
        {
            while (await IsNextGroupedAsync(pages, mark).ConfigureAwait(false) is { } isNext)
            {
                if (!isNext) yield break;
                foreach (var listed in pages.Current.Keys)
                {
                    var found = PathOf(listed.Name);
                    if (!StoragePath.IsValid(listed.IsFolder ? found[..^mark.Length] : found)) continue;
                    yield return listed.Object is { } stored ? S3Entry.Of(found, stored) : FolderLevel.Folder(found);
                }
            }
        }
        await foreach (var entry in ListAsync(path, cancellationToken).ConfigureAwait(false)) yield return entry;
    }

    // Null: the server groups by one character only, and shows it or refuses more; or a policy allows no delimiter.
    private static async Task<bool?> IsNextGroupedAsync(IAsyncEnumerator<ListedPage> pages, string mark)
    {
        try
        {
            if (!await pages.MoveNextAsync().ConfigureAwait(false)) return false;
            var isGrouped = pages.Current.Keys.All(listed => !listed.IsFolder || listed.Name.EndsWith(mark, StringComparison.Ordinal));
            return isGrouped ? true : null;
        }
        catch (StorageException refused) when (!refused.IsTransient && refused.InnerException is AmazonS3Exception)
        {
            return null;
        }
    }

    private async IAsyncEnumerable<FileEntry> EntriesAsync(
        string operation, string path, ListObjectsV2Request request, CancellationToken given,
        [EnumeratorCancellation] CancellationToken added = default)
    {
        await foreach (var page in PagesAsync(operation, path, request, given, added).ConfigureAwait(false))
        {
            foreach (var listed in page.Keys)
            {
                page.ThrowIfStopped();
                var found = PathOf(listed.Name);
                if (listed.Object is { } stored && StoragePath.IsValid(found)) yield return S3Entry.Of(found, stored);
            }
        }
    }

    // A listing has two tokens: the one that was given with its arguments, and the one with which it is enumerated.
    private async IAsyncEnumerable<ListedPage> PagesAsync(
        string operation, string path, ListObjectsV2Request request, CancellationToken given,
        [EnumeratorCancellation] CancellationToken added = default)
    {
        (request.BucketName, request.Encoding) = (_bucket.Name, EncodingType.Url);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(given, added);
        string? next = null;
        do
        {
            request.ContinuationToken = next;
            ListedPage page;
            try
            {
                var answer = await _bucket.CallAsync(
                    operation, path, (s3, token) => s3.ListObjectsV2Async(request, token), both.Token).ConfigureAwait(false);
                if (string.IsNullOrEmpty(answer.Name)) throw S3Errors.NotS3(operation, path, _bucket.Name);
                page = new ListedPage(answer, given, added);
            }
            catch (OperationCanceledException) when (both.IsCancellationRequested)
            {
                throw new OperationCanceledException(given.IsCancellationRequested ? given : added);
            }
            yield return page;
            next = page.Next;
        }
        while (next is not null);
    }

    private string PathOf(string key) => key[_bucket.Options.Prefix.Length..];

    /// <summary>After which key the server starts; null: at the beginning.</summary>
    private string? StartKey(string prefix, string? startAfter)
    {
        if (string.IsNullOrEmpty(startAfter)) return null;
        var key = _bucket.Options.Prefix + startAfter;
        if (!key.StartsWith(prefix, StringComparison.Ordinal))
            return StoragePath.Order.Compare(key, prefix) < 0 ? null : prefix + LastInFolder;
        var slash = key.IndexOf('/', prefix.Length);
        return slash < 0 ? key : key[..(slash + 1)] + LastInFolder;
    }
}
