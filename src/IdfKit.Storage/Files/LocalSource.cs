namespace IdfKit.Storage.Files;

/// <summary>A local file that is about to be stored elsewhere.</summary>
internal static class LocalSource
{
    public static ContentStream Open(string localPath, string path)
    {
        Required.Text(localPath, "the local path");
        try
        {
            return ContentStream.Open(localPath, () => CutOff(localPath, path));
        }
        catch (Exception error) when (LocalErrors.IsOfDisk(error))
        {
            var wrapped = LocalErrors.Wrap(error, "Upload", path);
            throw new StorageException(
                wrapped.Kind, wrapped.Operation, path,
                $"Upload to '{path}' failed: the local file '{localPath}' cannot be read ({error.Message.TrimEnd('.')}).",
                innerException: error);
        }
    }

    /// <summary>Another program made the local file shorter while it was read.</summary>
    public static StorageException CutOff(string localPath, string path) =>
        new(StorageErrorKind.Conflict, "Upload", path,
            $"Upload to '{path}' failed: another program made the local file '{localPath}' shorter while it was read; try again.",
            isTransient: true);
}
