namespace IdfKit.Storage.Files;

/// <summary>A local file that is about to be stored elsewhere.</summary>
internal static class LocalSource
{
    public static FileStream Open(string localPath, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(localPath);
        try
        {
            return new FileStream(localPath,
                new FileStreamOptions { Share = FileShare.Read | FileShare.Delete, Options = FileOptions.SequentialScan, BufferSize = 0 });
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
}
