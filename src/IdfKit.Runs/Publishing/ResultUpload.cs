using System.Collections.Concurrent;
using System.Security.Cryptography;

using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Runs;

/// <summary>A result file as it lies on the file system that it was uploaded to.</summary>
/// <param name="File">The file that was uploaded.</param>
/// <param name="Sha256">Of its content, in lower-case hexadecimal digits.</param>
public sealed record UploadedFile(ResultFile File, string Sha256);

/// <summary>Copies the results of a run to a file system.</summary>
public static class ResultUpload
{
    /// <summary>How many files are on their way at once. Enough to hide a round trip each; more only queue up.</summary>
    public const int Concurrency = 8;

    /// <summary>Uploads every file of <paramref name="files"/> into <paramref name="folder"/>, the largest first.</summary>
    /// <returns>One entry a file, ordered by path.</returns>
    /// <exception cref="StorageException">The first upload that failed; the others have ended by then.</exception>
    public static Task<IReadOnlyList<UploadedFile>> UploadAsync(
        IReadOnlyList<ResultFile> files, IAsyncFileSystem fileSystem, string folder, CancellationToken cancellationToken = default) =>
        UploadAsync(files, fileSystem, folder, isThere: null, ResultMarks.None, guard: null, cancellationToken);

    /// <summary>
    /// The same, but what <paramref name="isThere"/> already is not sent again, <paramref name="marks"/> go onto what is sent, and
    /// <paramref name="guard"/> decides how it is.
    /// </summary>
    internal static async Task<IReadOnlyList<UploadedFile>> UploadAsync(
        IReadOnlyList<ResultFile> files, IAsyncFileSystem fileSystem, string folder,
        Func<UploadedFile, bool>? isThere, ResultMarks marks, ResultGuard? guard, CancellationToken cancellationToken)
    {
        var uploaded = new ConcurrentBag<UploadedFile>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files.OrderByDescending(file => file.SizeBytes), parallel, async (file, token) =>
        {
            var hashed = new UploadedFile(file, await HashAsync(file.LocalPath, token).ConfigureAwait(false));
            uploaded.Add(hashed);
            if (isThere?.Invoke(hashed) is true) return;
            Task<FileEntry> SendAsync(string path, WriteOptions write, CancellationToken stop) =>
                fileSystem.UploadAsync(file.LocalPath, path, write, progress: null, stop);
            var options = marks.On(fileSystem) with { ContentType = file.ContentType };
            if (guard is null) await SendAsync($"{folder}/{file.Path}", options, token).ConfigureAwait(false);
            else await guard(file.Path, options, SendAsync, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return [.. uploaded.OrderBy(file => file.File.Path, StringComparer.Ordinal)];
    }

    /// <summary>As the record of a run lists the files.</summary>
    internal static IReadOnlyList<RunFile> ForRecord(IEnumerable<UploadedFile> files) =>
        [.. files.Select(file => new RunFile(file.File.Path, file.File.SizeBytes, file.File.ContentType, file.Sha256))];

    /// <summary>The files with their checksums, in the same order.</summary>
    internal static async Task<IReadOnlyList<UploadedFile>> HashAsync(IReadOnlyList<ResultFile> files, CancellationToken cancellationToken)
    {
        var hashed = new List<UploadedFile>(files.Count);
        foreach (var file in files) hashed.Add(new(file, await HashAsync(file.LocalPath, cancellationToken).ConfigureAwait(false)));
        return hashed;
    }

    /// <summary>SHA-256 of a file in lower-case hexadecimal digits.</summary>
    internal static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 17, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }
}
