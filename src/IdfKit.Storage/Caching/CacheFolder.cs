using System.Security.Cryptography;
using System.Text;

namespace IdfKit.Storage;

/// <summary>
/// Contents on local disk, each in a file named for its path and ETag, with its SHA-256 at the end. Files appear and vanish whole, so several
/// processes may share the folder; the time of a file is the time of its last use.
/// </summary>
internal sealed class CacheFolder(string folder, CachingOptions options)
{
    private const string Extension = ".cached";

    private readonly string _folder = Path.GetFullPath(folder);

    /// <summary>The kept content, checked, or null; what fails the check is thrown away.</summary>
    public async Task<byte[]?> FindAsync(string path, string etag, CancellationToken cancellationToken)
    {
        var place = Place(path, etag);
        try
        {
            var kept = await File.ReadAllBytesAsync(place, cancellationToken).ConfigureAwait(false);
            var length = kept.Length - SHA256.HashSizeInBytes;
            if (length >= 0 && SHA256.HashData(kept.AsSpan(0, length)).AsSpan().SequenceEqual(kept.AsSpan(length)))
            {
                File.SetLastWriteTimeUtc(place, TimeProvider.System.GetUtcNow().UtcDateTime);
                return kept[..length];
            }
            File.Delete(place);
            return null;
        }
        catch (Exception error) when (LocalErrors.IsOfDisk(error))
        {
            return null;  // not kept, or just thrown away by someone else: the inner file system has it
        }
    }

    /// <summary>Keeps a content if there is room; a cache that cannot write is slow, not broken.</summary>
    public void Keep(string path, string etag, ReadOnlySpan<byte> content)
    {
        if (content.Length > Math.Min(options.MaxFileBytes ?? long.MaxValue, options.MaxBytes - SHA256.HashSizeInBytes)) return;
        try
        {
            using var file = ReplacingFile.Beside(Place(path, etag), "Cache", path);
            file.Write(content);
            file.Write(SHA256.HashData(content));
            file.Commit();
            Trim();
        }
        catch (StorageException)
        {
            Trim();
        }
    }

    /// <summary>Whether a file of this size is kept at all.</summary>
    public bool Takes(long sizeBytes) => sizeBytes <= Math.Min(options.MaxFileBytes ?? long.MaxValue, options.MaxBytes - SHA256.HashSizeInBytes);

    // Another process may be trimming the same files; what is gone already needs no second deletion.
    private void Trim()
    {
        if (!Directory.Exists(_folder)) return;
        var files = new DirectoryInfo(_folder).EnumerateFiles("*" + Extension).OrderByDescending(file => file.LastWriteTimeUtc).ToList();
        var total = 0L;
        foreach (var file in files)
        {
            try
            {
                total += file.Length;
                if (total > options.MaxBytes) file.Delete();
            }
            catch (Exception error) when (LocalErrors.IsOfDisk(error))
            {
                continue;
            }
        }
    }

    private string Place(string path, string etag) =>
        Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path + "\n" + etag))) + Extension);
}
