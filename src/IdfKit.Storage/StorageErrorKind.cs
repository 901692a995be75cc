namespace IdfKit.Storage;

/// <summary>
/// What went wrong, alike on every back end; what to do about it depends on this and on
/// <see cref="StorageException.IsTransient"/>.
/// </summary>
public enum StorageErrorKind
{
    /// <summary>None of the others; <see cref="Exception.InnerException"/> tells more.</summary>
    Unknown,

    /// <summary>Nothing is stored at the path, or the bucket does not exist.</summary>
    NotFound,

    /// <summary>The credentials are missing, wrong, expired, or not allowed to do this.</summary>
    AccessDenied,

    /// <summary>Something else is in the way: a folder where a file should go, or a write at the same moment (then transient).</summary>
    Conflict,

    /// <summary><see cref="WriteOptions.IfAbsent"/> or an <c>ifMatch</c> did not hold; nothing was changed.</summary>
    PreconditionFailed,

    /// <summary>The path breaks the rules of <see cref="StoragePath"/>, leaves the root, or is too long; nothing was tried.</summary>
    InvalidPath,

    /// <summary>The server asks to slow down.</summary>
    Throttled,

    /// <summary>No answer, a cut connection, or an error inside the server.</summary>
    Unavailable,

    /// <summary>The disk or the quota is full.</summary>
    OutOfSpace,

    /// <summary>The content arrived cut off or altered.</summary>
    Corrupted,

    /// <summary>
    /// An ETag that cannot be one, or metadata, a tag or a content type that no back end can hold; nothing was tried.
    /// </summary>
    InvalidOptions,
}
