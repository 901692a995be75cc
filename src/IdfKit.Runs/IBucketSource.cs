using IdfKit.Storage;

namespace IdfKit.Runs;

/// <summary>Opens buckets by name. The owner of a source disposes what it opened.</summary>
public interface IBucketSource
{
    /// <summary>The bucket as a file system whose paths are keys; the same instance every time.</summary>
    IAsyncFileSystem Open(string bucket);
}
