using IdfKit.Storage.Adapters;

namespace IdfKit.Storage;

/// <summary>The only two crossings between blocking and asynchronous file systems.</summary>
public static class FileSystemAdapters
{
    /// <summary>A blocking file system used from async code: each call runs on a thread of the pool.</summary>
    public static IAsyncFileSystem AsAsync(this IFileSystem fs)
    {
        ArgumentNullException.ThrowIfNull(fs);
        return fs is SyncOverAsync face ? face.Inner : new AsyncOverSync(fs);
    }

    /// <summary>An asynchronous file system used from blocking code: each call blocks its thread until it is done.</summary>
    public static IFileSystem AsSync(this IAsyncFileSystem fs)
    {
        ArgumentNullException.ThrowIfNull(fs);
        return fs is AsyncOverSync face ? face.Inner : new SyncOverAsync(fs);
    }
}
