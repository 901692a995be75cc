namespace IdfKit.Storage;

/// <summary>What a back end can do beyond the nine operations. The table in docs/storage-contract.md says which has what.</summary>
[Flags]
public enum StorageCapabilities
{
    /// <summary>The nine operations, and the extras as their default bodies give them.</summary>
    None = 0,

    /// <summary>Ranges are fetched without the rest; streams from <c>OpenRead</c> are seekable.</summary>
    Ranges = 1,

    /// <summary>Entries carry an <see cref="FileEntry.ETag"/> that changes whenever the content does.</summary>
    ETags = 2,

    /// <summary>
    /// <see cref="WriteOptions.IfAbsent"/> and <see cref="WriteOptions.IfMatch"/> hold against all writers, of other
    /// processes too.
    /// </summary>
    Conditions = 4,

    /// <summary><c>Remove</c> with <c>ifMatch</c> works.</summary>
    ConditionalRemove = 8,

    /// <summary><see cref="WriteOptions.Metadata"/> is kept and read back by <c>Stat</c>.</summary>
    Metadata = 16,

    /// <summary><see cref="WriteOptions.ContentType"/> is kept and read back by <c>Stat</c>; elsewhere it is ignored.</summary>
    ContentType = 32,

    /// <summary>Entries may carry a <see cref="FileEntry.VersionId"/>, by which <c>OpenReadVersion</c> reads.</summary>
    Versions = 64,

    /// <summary>Empty folders exist by themselves, and a file and a folder cannot share a name.</summary>
    Directories = 128,

    /// <summary><c>Stat</c> and <c>List</c> give sizes and times without reading contents.</summary>
    Stat = 256,

    /// <summary>
    /// <see cref="WriteOptions.Tags"/> are kept for the server's own rules (cost, life cycle, access); this library
    /// does not read them back.
    /// </summary>
    Tags = 512,

    /// <summary><c>PresignGet</c> and <c>PresignPut</c> give addresses that work without credentials for a while.</summary>
    Presign = 1024,

    /// <summary><see cref="WriteOptions.ContentEncoding"/> is kept and read back by <c>Stat</c>.</summary>
    ContentEncoding = 2048,
}
