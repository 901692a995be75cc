using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

using IdfKit.Storage.Files;

namespace IdfKit.Storage.Caching;

/// <summary>
/// Contents on local disk, each in a file named for its storage, path and ETag, with its SHA-256 at the end. Files appear
/// and vanish whole, so several processes may share the folder; the time of a file is the time of its last use.
/// </summary>
/// <param name="folder">Where they are kept.</param>
/// <param name="identity">Names the storage they come from.</param>
/// <param name="options">How much is kept.</param>
internal sealed class CacheFolder(string folder, string identity, CachingOptions options)
{
    private const string Extension = ".cached";
    private const int BufferBytes = 128 * 1024;
    private const int Looks = 64; // for as much as is kept in all

    private static readonly TimeSpan DeadAfter = TimeSpan.FromDays(1);

    private readonly string _folder = Path.GetFullPath(folder);
    private long _untrimmed = options.MaxBytes; // what others have left is looked at once

    /// <summary>Whether a file of this size is kept at all.</summary>
    public bool Takes(long sizeBytes) =>
        sizeBytes <= Math.Min(options.MaxFileBytes ?? long.MaxValue, options.MaxBytes - SHA256.HashSizeInBytes);

    /// <summary>The kept content, checked, as a seekable stream; or null. What fails the check is thrown away.</summary>
    public FileSlice? Open(string path, string etag, CancellationToken cancellationToken)
    {
        var place = Place(path, etag);
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(place, share: FileShare.Read | FileShare.Delete);
            var length = RandomAccess.GetLength(file) - SHA256.HashSizeInBytes;
            if (length < 0 || !Hash(file, length, cancellationToken).AsSpan().SequenceEqual(KeptHash(file, length)))
            {
                File.Delete(place);
                return null;
            }
            File.SetLastWriteTimeUtc(place, TimeProvider.System.GetUtcNow().UtcDateTime);
            var content = new FileSlice(file, 0, length, ownsFile: true);
            file = null;
            return content;
        }
        catch (Exception error) when (LocalErrors.IsOfDisk(error))
        {
            return null;  // not kept, or just thrown away by someone else: the inner file system has it
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>
    /// Keeps what <paramref name="download"/> stores in the local file it is told, if it says that this is the content
    /// of <paramref name="etag"/>.
    /// </summary>
    /// <remarks>A cache that cannot write is slow, not broken; and whatever else failed will fail again without it.</remarks>
    public async Task KeepAsync(string path, string etag, Func<string, Task<string?>> download, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(_folder, TemporaryName.New());
        try
        {
            if (await download(temporary).ConfigureAwait(false) == etag)
            {
                Interlocked.Add(ref _untrimmed, AppendHash(temporary, cancellationToken));
                File.Move(temporary, Place(path, etag), overwrite: true);
            }
            else
            {
                File.Delete(temporary);
            }
            Trim();
        }
        catch (Exception error) when (error is StorageException || LocalErrors.IsOfDisk(error))
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            Trim();
        }
        catch (OperationCanceledException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static long AppendHash(string place, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(place, FileMode.Open, FileAccess.ReadWrite);
        var length = RandomAccess.GetLength(file);
        RandomAccess.Write(file, Hash(file, length, cancellationToken), length);
        return length + SHA256.HashSizeInBytes;
    }

    private static byte[] KeptHash(SafeFileHandle file, long length)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        _ = RandomAccess.Read(file, hash, length);
        return hash;
    }

    private static byte[] Hash(SafeFileHandle file, long length, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var at = 0L; at < length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - at)), at);
                if (count == 0) break;
                hash.AppendData(buffer, 0, count);
                at += count;
            }
            return hash.GetHashAndReset();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // A look at all files for each that is kept would cost most of the time of a large cache. Another process may be trimming the same
    // files; what is gone already needs no second deletion.
    private void Trim()
    {
        if (Interlocked.Read(ref _untrimmed) < options.MaxBytes / Looks || !Directory.Exists(_folder)) return;
        Interlocked.Exchange(ref _untrimmed, 0);
        var dead = TimeProvider.System.GetUtcNow().UtcDateTime - DeadAfter;
        var total = 0L;
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc).ToList())
        {
            try
            {
                var isKept = file.Extension == Extension;
                if (isKept) total += file.Length;
                if (isKept
                    ? total > options.MaxBytes
                    : file.Name.StartsWith(TemporaryName.Prefix, StringComparison.Ordinal) && file.LastWriteTimeUtc < dead)
                {
                    file.Delete();
                }
            }
            catch (Exception error) when (LocalErrors.IsOfDisk(error))
            {
                continue;
            }
        }
    }

    // No path holds a control character, so that no two of these texts are the same.
    private string Place(string path, string etag)
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{identity}\0{path}\0{etag}"));
        return Path.Combine(_folder, Convert.ToHexStringLower(name) + Extension);
    }
}
