using System.IO.Compression;
using System.Security.Cryptography;

using IdfKit.Runs;
using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Simulation.Caching;

/// <summary>The files of a cached run in one zip file: one request to keep, one to fetch, and whole or absent.</summary>
internal static class CacheArchive
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Writes the files, and gives those that are in it whole, with their checksums.</summary>
    public static async Task<IReadOnlyList<UploadedFile>> WriteAsync(
        string path, IReadOnlyList<ResultFile> files, CancellationToken cancellationToken)
    {
        var written = new List<UploadedFile>(files.Count);
        var archive = await ZipFile.OpenAsync(path, ZipArchiveMode.Create, cancellationToken).ConfigureAwait(false);
        await using (archive.ConfigureAwait(false))
        {
            foreach (var file in files)
            {
                using var content = ResultContent.TryOpen(file);
                if (content is null) continue;
                var entry = archive.CreateEntry(file.Path, CompressionLevel.Fastest);
                var to = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
                await using var toLifetime = to.ConfigureAwait(false);
                if (await content.CopyToAsync(to, cancellationToken).ConfigureAwait(false) is { } sha256) written.Add(new(content.File, sha256));
            }
        }
        return written;
    }

    /// <summary>
    /// Extracts <paramref name="files"/>, each checked against its checksum; false, and an empty folder, when one is
    /// missing or altered.
    /// </summary>
    public static async Task<bool> TryExtractAsync(
        string path, IReadOnlyList<RunFile> files, string directory, CancellationToken cancellationToken)
    {
        try
        {
            var archive = await ZipFile.OpenReadAsync(path, cancellationToken).ConfigureAwait(false);
            await using (archive.ConfigureAwait(false))
            {
                var isWhole = true;
                foreach (var file in files)
                {
                    isWhole = StoragePath.IsValid(file.Path) && archive.GetEntry(file.Path) is { } entry
                        && await TryExtractAsync(entry, file, Path.Combine(directory, file.Path), cancellationToken).ConfigureAwait(false);
                    if (!isWhole) break;
                }
                if (isWhole) return true;
            }
        }
        catch (InvalidDataException) { Empty(directory); return false; } // no zip file any more
        Empty(directory);
        return false;
    }

    private static async Task<bool> TryExtractAsync(ZipArchiveEntry entry, RunFile file, string path, CancellationToken cancellationToken)
    {
        if (entry.Length != file.SizeBytes) return false;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var from = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var fromLifetime = from.ConfigureAwait(false);
        var to = File.Create(path);
        await using var toLifetime = to.ConfigureAwait(false);
        var buffer = new byte[BufferBytes];
        for (int count; (count = await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            hash.AppendData(buffer, 0, count);
            await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset()) == file.Sha256;
    }

    private static void Empty(string directory)
    {
        Directory.Delete(directory, recursive: true);
        Directory.CreateDirectory(directory);
    }
}
