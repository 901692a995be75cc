namespace IdfKit.Storage;

/// <summary>For files that need not be there: what is absent is an answer; every other failure is thrown as it is.</summary>
internal static class AbsentFiles
{
    /// <summary>The file's bytes; null when it is not there.</summary>
    public static async Task<byte[]?> ReadBytesOrNullAsync(this IAsyncFileSystem files, string path, CancellationToken cancellationToken)
    {
        try { return await files.ReadBytesAsync(path, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; }
    }

    /// <summary>Brings the file to <paramref name="localPath"/>; null when it is not there.</summary>
    public static async Task<FileEntry?> DownloadOrNullAsync(
        this IAsyncFileSystem files, string path, string localPath, CancellationToken cancellationToken)
    {
        try { return await files.DownloadAsync(path, localPath, progress: null, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; }
    }

    /// <summary>Removes the file, unless it is gone already.</summary>
    public static async Task RemoveIfThereAsync(this IAsyncFileSystem files, string path, CancellationToken cancellationToken)
    {
        try { await files.RemoveAsync(path, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return; }
    }

    /// <summary>The entry of a file that a listing met; null when it is gone since.</summary>
    public static async Task<FileEntry?> StatOrNullAsync(
        this IAsyncFileSystem files, string path, string operation, CancellationToken cancellationToken)
    {
        try
        {
            return await OperationName.UnderAsync(operation, () => files.StatAsync(path, cancellationToken)).ConfigureAwait(false);
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; }
    }

    /// <inheritdoc cref="StatOrNullAsync"/>
    public static FileEntry? StatOrNull(this IFileSystem files, string path, string operation, CancellationToken cancellationToken)
    {
        try { return OperationName.Under(operation, () => files.Stat(path, cancellationToken)); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; }
    }
}
