namespace IdfKit.LocalCloud.Bucket;

/// <summary>What has been done with the bucket's folder since the start. Tests hold that it does not grow with the folder.</summary>
internal sealed class FolderWork
{
    private long _looks, _readings, _folders, _scans;

    /// <summary>How many times a file was looked at for its size and time.</summary>
    public long Looks => Interlocked.Read(ref _looks);

    /// <summary>How many times a file's content was read for its ETag.</summary>
    public long Readings => Interlocked.Read(ref _readings);

    /// <summary>How many times the names in a folder were read.</summary>
    public long Folders => Interlocked.Read(ref _folders);

    /// <summary>How many times all that may have been dropped by hand was looked at.</summary>
    public long Scans => Interlocked.Read(ref _scans);

    public void Look() => Interlocked.Increment(ref _looks);

    public void Reading() => Interlocked.Increment(ref _readings);

    public void Folder() => Interlocked.Increment(ref _folders);

    public void Scan() => Interlocked.Increment(ref _scans);
}
