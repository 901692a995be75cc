using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>Opens buckets by name. The owner of a source disposes what it opened.</summary>
public interface IBucketSource
{
    /// <summary>The bucket as a file system whose paths are keys; the same instance every time.</summary>
    IAsyncFileSystem Open(string bucket);

    /// <summary>
    /// Ends what killed writers have left unfinished right in a folder, where a back end keeps such things. Nobody else
    /// writes there now.
    /// </summary>
    /// <exception cref="StorageException">The bucket failed, or does not permit it.</exception>
    Task RemoveUnfinishedAsync(string bucket, string folder, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
