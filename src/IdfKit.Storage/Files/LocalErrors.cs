namespace IdfKit.Storage.Files;

/// <summary>The table from .NET's and the system's errors on local disk to kinds.</summary>
internal static class LocalErrors
{
    /// <summary>A name that is taken.</summary>
    public const int Exists = 17;

    private const int NoDevice = 6, NotDirectory = 20, IsDirectory = 21, NoSpace = 28, ReadOnly = 30, NameTooLong = 36;
    private const int NotEmpty = 39, Loop = 40;
    private const int Quota = 122, WindowsNotEmpty = 0x91;

    /// <summary>Whether <paramref name="error"/> is the disk's and has to be wrapped.</summary>
    public static bool IsOfDisk(Exception error) => error is (IOException or UnauthorizedAccessException) and not StorageException;

    public static StorageException Wrap(Exception error, string operation, string path)
    {
        if ((error.HResult & 0xffff) is NotEmpty or WindowsNotEmpty) return Met(error, operation, path);
        var kind = Kind(error);
        var why = kind switch
        {
            StorageErrorKind.NotFound => "nothing is stored there",
            StorageErrorKind.AccessDenied => "the disk does not permit it; check the permissions and whether it is mounted read-only",
            StorageErrorKind.Conflict => "a folder (or a pipe or a device) lies where a file should go, or a file where a folder should",
            StorageErrorKind.InvalidPath => "the disk takes no name that long",
            StorageErrorKind.OutOfSpace => "no space is left on the disk",
            _ => error.Message.TrimEnd('.'),
        };
        return new StorageException(kind, operation, path, $"{operation} of '{path}' on local disk failed: {why}.", innerException: error);
    }

    public static StorageException NotFound(string operation, string path) =>
        new(StorageErrorKind.NotFound, operation, path, $"{operation} of '{path}' on local disk failed: nothing is stored there.");

    /// <summary>Whether it says that something is not there.</summary>
    public static bool IsGone(Exception error) =>
        error is FileNotFoundException or DirectoryNotFoundException || error is IOException && (error.HResult & 0xffff) == 2;

    /// <summary>A folder was removed while a file was written into it, by one of the two.</summary>
    public static StorageException Met(Exception error, string operation, string path) =>
        new(StorageErrorKind.Conflict, operation, path,
            $"{operation} of '{path}' on local disk failed: its folder was removed while a file was written into it; try again.",
            isTransient: true, error);

    /// <summary>Another program made the file shorter while it was read.</summary>
    public static StorageException CutOff(string operation, string path) =>
        new(StorageErrorKind.Conflict, operation, path,
            $"{operation} of '{path}' on local disk failed: another program made the file shorter while it was read; try again.",
            isTransient: true);

    private static StorageErrorKind Kind(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => StorageErrorKind.NotFound,
        UnauthorizedAccessException => StorageErrorKind.AccessDenied,
        PathTooLongException => StorageErrorKind.InvalidPath,
        _ => (error.HResult & 0xffff) switch
        {
            Exists or NotDirectory or IsDirectory => StorageErrorKind.Conflict,
            NoSpace or Quota or 0x70 or 0x27 => StorageErrorKind.OutOfSpace,
            ReadOnly => StorageErrorKind.AccessDenied,
            NameTooLong or Loop => StorageErrorKind.InvalidPath,
            NoDevice => StorageErrorKind.Unavailable,
            _ => StorageErrorKind.Unknown,
        },
    };
}
