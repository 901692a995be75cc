using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IdfKit.Storage;

namespace IdfKit.Examples;

/// <summary>
/// One container of Azure Blob Storage as a file system: an example of a back end of one's own. The nine operations are all it must have;
/// <see cref="StatAsync"/> is added because the default would fetch the content to learn its size.
/// </summary>
public sealed partial class AzureBlobFileSystem(BlobContainerClient container) : IAsyncFileSystem
{
    public StorageCapabilities Capabilities => StorageCapabilities.Stat;

    public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
        CallAsync("ReadBytes", path,
            async blob => (await blob.DownloadContentAsync(cancellationToken).ConfigureAwait(false)).Value.Content.ToArray(),
            cancellationToken);

    // An upload becomes visible when its last block is committed, so it is whole or absent by itself.
    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        CallAsync("WriteBytes", path,
            blob => blob.UploadAsync(new BinaryData(content), overwrite: true, cancellationToken),
            cancellationToken);

    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            await CallAsync("Exists", path,
                blob => blob.GetPropertiesAsync(cancellationToken: cancellationToken),
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StorageException absent) when (absent
            is { Kind: StorageErrorKind.NotFound, InnerException: RequestFailedException { ErrorCode: not "ContainerNotFound" } })
        {
            return false;
        }
    }

    // Folders are only parts of names here, so there is nothing to make.
    public async Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, "MakeDirectories");
        cancellationToken.ThrowIfCancellationRequested();
        if (!existOk && await GlobAsync(path, "**", cancellationToken).AnyAsync(cancellationToken).ConfigureAwait(false))
            throw new StorageException(StorageErrorKind.Conflict, "MakeDirectories", path);
    }

    public async Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(destination, "Copy");
        await CallAsync("Copy", source, async blob =>
        {
            if (source == destination)
                return (object)await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            var copy = await container.GetBlobClient(BlobName(destination))
                .StartCopyFromUriAsync(blob.Uri, cancellationToken: cancellationToken).ConfigureAwait(false);
            return await copy.WaitForCompletionAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<string> GlobAsync(
        string path, string pattern, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        StoragePath.CheckFolder(path, "Glob");
        var glob = new GlobPattern(pattern);
        var names = await CallAsync("Glob", path, async () =>
        {
            var found = new List<string>();
            var folder = path.Length == 0 ? "" : path + "/";
            var blobs = container.GetBlobsAsync(new GetBlobsOptions { Prefix = BlobName(folder) }, cancellationToken);
            await foreach (var blob in blobs.ConfigureAwait(false))
            {
                var name = PathOf(blob.Name);
                if (StoragePath.IsValid(name) && glob.IsMatch(name[folder.Length..])) found.Add(name);
            }
            return found;
        }, cancellationToken).ConfigureAwait(false);
        // Azure does not promise the order of the bytes, which the contract does.
        foreach (var name in names.Order(StoragePath.Order))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) =>
        CallAsync("Remove", path,
            blob => blob.DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken),
            cancellationToken);

    public async Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default)
    {
        var found = await CallAsync("Stat", path,
            blob => blob.GetPropertiesAsync(cancellationToken: cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return new FileEntry(path, found.Value.ContentLength, found.Value.LastModified, null);
    }

    private async Task<T> CallAsync<T>(string operation, string path, Func<BlobClient, Task<T>> call, CancellationToken cancellationToken)
    {
        StoragePath.Check(path, operation);
        return await CallAsync(
            operation, path, () => call(container.GetBlobClient(BlobName(path))), cancellationToken).ConfigureAwait(false);
    }

    // The one place where Azure's errors become the contract's.
    private static async Task<T> CallAsync<T>(string operation, string path, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RequestFailedException failed)
        {
            throw new StorageException(KindOf(failed.Status), operation, path, innerException: failed);
        }
    }

    // Azure takes a backslash for a slash, which the contract does not, and lists names in XML, which has no U+FFFE and U+FFFF; so they
    // are stored as %5C, %FFFE and %FFFF, and one of these that was there gets one more 25.
    private static string BlobName(string path) => Percent().Replace(path, "%25")
        .Replace("\\", "%5C", StringComparison.Ordinal)
        .Replace("\ufffe", "%FFFE", StringComparison.Ordinal)
        .Replace("\uffff", "%FFFF", StringComparison.Ordinal);

    private static string PathOf(string blobName)
    {
        var path = blobName
            .Replace("%5C", "\\", StringComparison.Ordinal)
            .Replace("%FFFE", "\ufffe", StringComparison.Ordinal)
            .Replace("%FFFF", "\uffff", StringComparison.Ordinal);
        return EscapedPercent().Replace(path, "%");
    }

    [GeneratedRegex("%(?=(25)*(5C|FFF[EF]))")]
    private static partial Regex Percent();

    [GeneratedRegex("%25(?=(25)*(5C|FFF[EF]))")]
    private static partial Regex EscapedPercent();

    private static StorageErrorKind KindOf(int status) => status switch
    {
        404 => StorageErrorKind.NotFound,
        401 or 403 => StorageErrorKind.AccessDenied,
        409 => StorageErrorKind.Conflict,
        412 => StorageErrorKind.PreconditionFailed,
        429 => StorageErrorKind.Throttled,
        0 or >= 500 => StorageErrorKind.Unavailable,
        _ => StorageErrorKind.Unknown,
    };
}
