namespace IdfKit.Storage.S3.Identity;

/// <summary>There are no credentials to sign with. <see cref="S3Errors"/> makes the typed error of it.</summary>
/// <remarks>
/// The inner error is left out where its text may hold what a credential process printed or a line of the shared files.
/// </remarks>
internal sealed class IdentityException(
    string why, StorageErrorKind kind = StorageErrorKind.AccessDenied, bool isTransient = false, Exception? innerException = null)
    : Exception(why, innerException)
{
    public StorageErrorKind Kind { get; } = kind;

    public bool IsTransient { get; } = isTransient;
}
