using System.Collections.Concurrent;

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

    /// <summary>
    /// Uploads every file of <paramref name="files"/> into <paramref name="folder"/>, the largest first. What is no plain file any
    /// more, or is altered while it is sent, is left out.
    /// </summary>
    /// <returns>One entry a file, ordered by path.</returns>
    /// <exception cref="StorageException">The first upload that failed; the others have ended by then.</exception>
    public static Task<IReadOnlyList<UploadedFile>> UploadAsync(
        IReadOnlyList<ResultFile> files, IAsyncFileSystem fileSystem, string folder, CancellationToken cancellationToken = default) =>
        UploadAsync(files, fileSystem, folder, new LeftBehind(), isThere: null, ResultMarks.None, guard: null, cancellationToken);

    /// <summary>
    /// The same, but what <paramref name="isThere"/> already is not sent again, <paramref name="marks"/> go onto what is sent,
    /// <paramref name="guard"/> decides how it is, <paramref name="behind"/> is told what is left out,
    /// and what was sent <paramref name="ahead"/> is only completed.
    /// </summary>
    /// <returns>What was there or was sent; not what the guard did not let be written.</returns>
    internal static async Task<IReadOnlyList<UploadedFile>> UploadAsync(
        IReadOnlyList<ResultFile> files, IAsyncFileSystem fileSystem, string folder, LeftBehind behind,
        Func<UploadedFile, bool>? isThere, ResultMarks marks, ResultGuard? guard, CancellationToken cancellationToken,
        ResultsAhead? ahead = null)
    {
        var uploaded = new ConcurrentBag<UploadedFile>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files.OrderByDescending(file => file.SizeBytes), parallel, async (file, token) =>
        {
            using var content = ResultContent.TryOpen(file);
            if (content is null)
            {
                behind.Add(LeftKind.Changed, file.Path);
                return;
            }
            if (FileThere(content, isThere, token) is { } same)
            {
                uploaded.Add(same);
                return;
            }
            var options = marks.On(fileSystem) with { ContentType = file.ContentType, ContentEncoding = file.ContentEncoding };
            if (!await TryWriteAsync(content, fileSystem, folder, options, guard, ahead, token).ConfigureAwait(false)) return;
            if (content.Sent is { } sha256) uploaded.Add(new(content.File, sha256));
            else behind.Add(LeftKind.Changed, file.Path);
        }).ConfigureAwait(false);
        return [.. uploaded.OrderBy(file => file.File.Path, StringComparer.Ordinal)];
    }

    /// <summary>As the record of a run lists the files.</summary>
    internal static IReadOnlyList<RunFile> ForRecord(IEnumerable<UploadedFile> files) =>
        [.. files.Select(file => new RunFile(file.File.Path, file.File.SizeBytes, file.File.ContentType, file.Sha256)
        {
            ContentEncoding = file.File.ContentEncoding
        })];

    /// <summary>False when the guard has not written it.</summary>
    private static async Task<bool> TryWriteAsync(
        ResultContent content, IAsyncFileSystem fileSystem, string folder, WriteOptions options, ResultGuard? guard,
        ResultsAhead? ahead, CancellationToken cancellationToken)
    {
        var path = $"{folder}/{content.File.Path}";
        try
        {
            if (guard is not null) return await guard(content.File.Path, options, SendAsync, cancellationToken).ConfigureAwait(false);
            await SendAsync(path, options, cancellationToken).ConfigureAwait(false);
            // Altered meanwhile.
            if (content.Sent is null) await fileSystem.RemoveIfThereAsync(path, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (EndOfStreamException) { return true; } // a process that still runs has cut it off: nothing was stored

        async Task<FileEntry> SendAsync(string to, WriteOptions given, CancellationToken stop)
        {
            if (ahead?.Take(content.File.Path) is { } begun)
            {
                await using var ending = begun.ConfigureAwait(false);
                if (await content.TryCompleteAsync(begun, given, stop).ConfigureAwait(false) is { } entry) return entry;
            }
            return await content.SendAsync(fileSystem, to, given, stop).ConfigureAwait(false);
        }
    }

    private static UploadedFile? FileThere(ResultContent content, Func<UploadedFile, bool>? isThere, CancellationToken cancellationToken)
    {
        if (isThere is null || content.Hash(cancellationToken) is not { } sha256) return null;
        var hashed = new UploadedFile(content.File, sha256);
        return isThere(hashed) ? hashed : null;
    }
}
