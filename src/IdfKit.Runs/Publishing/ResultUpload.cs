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
        UploadAsync(files, fileSystem, folder, new LeftBehind(), isThere: null, ResultMarks.None, cancellationToken);

    /// <summary>
    /// The same, but what <paramref name="isThere"/> already is not sent again, <paramref name="marks"/> go onto
    /// what is sent, and <paramref name="behind"/> is told what is left out.
    /// </summary>
    internal static async Task<IReadOnlyList<UploadedFile>> UploadAsync(
        IReadOnlyList<ResultFile> files, IAsyncFileSystem fileSystem, string folder, LeftBehind behind,
        Func<UploadedFile, bool>? isThere, ResultMarks marks, CancellationToken cancellationToken)
    {
        var uploaded = new ConcurrentBag<UploadedFile>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files.OrderByDescending(file => file.SizeBytes), options, async (file, token) =>
        {
            using var content = ResultContent.TryOpen(file);
            if (content is not null && FileThere(content, isThere, token) is { } same)
            {
                uploaded.Add(same);
                return;
            }
            var path = folder + "/" + file.Path;
            var write = marks.On(fileSystem) with { ContentType = file.ContentType };
            if (content is not null && await TrySendAsync(content, fileSystem, path, write, token).ConfigureAwait(false) is { } sent)
            {
                uploaded.Add(sent);
                return;
            }
            behind.Add(LeftKind.Changed, file.Path);
            if (content is not null) await fileSystem.RemoveIfThereAsync(path, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return [.. uploaded.OrderBy(file => file.File.Path, StringComparer.Ordinal)];
    }

    /// <summary>As the record of a run lists the files.</summary>
    internal static IReadOnlyList<RunFile> ForRecord(IEnumerable<UploadedFile> files) =>
        [.. files.Select(file => new RunFile(file.File.Path, file.File.SizeBytes, file.File.ContentType, file.Sha256))];

    private static async Task<UploadedFile?> TrySendAsync(
        ResultContent content, IAsyncFileSystem fileSystem, string path, WriteOptions options, CancellationToken cancellationToken)
    {
        try { await content.SendAsync(fileSystem, path, options, cancellationToken).ConfigureAwait(false); }
        catch (EndOfStreamException) { return null; } // a process that still runs has cut it off
        return content.Sent is { } sha256 ? new(content.File, sha256) : null;
    }

    private static UploadedFile? FileThere(ResultContent content, Func<UploadedFile, bool>? isThere, CancellationToken cancellationToken)
    {
        if (isThere is null || content.Hash(cancellationToken) is not { } sha256) return null;
        var hashed = new UploadedFile(content.File, sha256);
        return isThere(hashed) ? hashed : null;
    }
}
