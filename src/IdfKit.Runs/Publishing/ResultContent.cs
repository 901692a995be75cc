using IdfKit.Engine.Folders;
using IdfKit.Storage;
using Microsoft.Win32.SafeHandles;

namespace IdfKit.Runs.Publishing;

/// <summary>
/// A result file, opened once: what is hashed, sent and told of it is what this descriptor reads, whatever becomes of its name.
/// </summary>
internal sealed class ResultContent : IDisposable
{
    // What is no larger goes in one request everywhere (the least part of an upload by parts), and is read in order.
    private const long LargestInOrder = 5L << 20;
    private const long LargestInOrderUnderCondition = 64L << 20; // those of S3 are one request up to here

    private readonly SafeFileHandle _file;

    private ResultContent(SafeFileHandle file, ResultFile described) => (_file, File) = (file, described);

    /// <summary>The file, of the size that it has now.</summary>
    public ResultFile File { get; }

    /// <summary>Null when it is no plain file any more, or may not be read.</summary>
    public static ResultContent? TryOpen(ResultFile file)
    {
        // A file of ours may lie under another name than its result's.
        var isBelow = file.LocalPath.EndsWith("/" + file.Path, StringComparison.Ordinal);
        var name = isBelow ? file.Path : Path.GetFileName(file.LocalPath);
        var root = isBelow ? file.LocalPath[..^(file.Path.Length + 1)] : Path.GetDirectoryName(file.LocalPath)!;
        using var folder = ChildFolder.TryOpen(root.Length == 0 ? "/" : root);
        if (folder?.TryOpenFile(name) is not { } opened) return null;
        return new(opened, file with { SizeBytes = RandomAccess.GetLength(opened) });
    }

    /// <summary>SHA-256 in lower-case hexadecimal digits; null when it becomes shorter meanwhile.</summary>
    public string? Hash(CancellationToken cancellationToken) => HashedContent.HashOf(_file, File.SizeBytes, cancellationToken);

    /// <summary>The checksum of what was stored last; null when nothing was, or when the file was altered meanwhile.</summary>
    public string? Sent { get; private set; }

    /// <summary>Stores it; <see cref="Sent"/> then tells what was stored.</summary>
    /// <exception cref="StorageException">Storage failed.</exception>
    /// <exception cref="EndOfStreamException">The file became shorter meanwhile.</exception>
    public Task<FileEntry> SendAsync(IAsyncFileSystem fileSystem, string path, WriteOptions options, CancellationToken cancellationToken) =>
        File.SizeBytes <= (options.IfAbsent || options.IfMatch is not null ? LargestInOrderUnderCondition : LargestInOrder)
            ? SendInOrderAsync(fileSystem, path, options, cancellationToken)
            : SendByPlaceAsync(fileSystem, path, options, cancellationToken);

    /// <summary>
    /// Stores what was sent ahead of it and the rest; <see cref="Sent"/> then tells what was stored. Null when that is not what the file
    /// holds, or could not be stored: nothing is, and it is to be sent.
    /// </summary>
    /// <exception cref="StorageException">The condition does not hold.</exception>
    public async Task<FileEntry?> TryCompleteAsync(ResultAhead ahead, WriteOptions options, CancellationToken cancellationToken)
    {
        Sent = null;
        if (!ahead.IsUnder(options) || !ahead.IsOf(_file)) return null;
        try
        {
            var sha256 = await ahead.SendRestAsync(File.SizeBytes, cancellationToken).ConfigureAwait(false);
            if (sha256 is null || await ahead.HeldAsync(File.SizeBytes, cancellationToken).ConfigureAwait(false) != sha256) return null;
            var entry = await ahead.CompleteAsync(cancellationToken).ConfigureAwait(false);
            Sent = entry.SizeBytes == File.SizeBytes && !HasOtherLength ? sha256 : null;
            return entry;
        }
        catch (StorageException e) when (e.Kind is not (StorageErrorKind.PreconditionFailed or StorageErrorKind.Conflict)) { return null; }
    }

    /// <summary>Copies it to a stream, and gives the checksum of what was copied; null as before.</summary>
    public async Task<string?> CopyToAsync(Stream to, CancellationToken cancellationToken)
    {
        using var content = new HashedContent(_file, File.SizeBytes);
        try
        {
            await content.CopyToAsync(to, HashedContent.PieceBytes, cancellationToken).ConfigureAwait(false);
            return content.Sha256;
        }
        catch (EndOfStreamException) { return null; }
    }

    /// <summary>Whether it is this file that lies at a path.</summary>
    public bool LiesAt(string path)
    {
        using var folder = ChildFolder.TryOpen(Path.GetDirectoryName(path)!);
        using var other = folder?.TryOpenFile(Path.GetFileName(path));
        return other is not null && ChildFolder.AreSame(_file, other);
    }

    public void Dispose() => _file.Dispose();

    private async Task<FileEntry> SendInOrderAsync(
        IAsyncFileSystem fileSystem, string path, WriteOptions options, CancellationToken cancellationToken)
    {
        Sent = null;
        using var content = new HashedContent(_file, File.SizeBytes);
        try
        {
            var entry = await fileSystem.WriteAsync(path, content, options, cancellationToken).ConfigureAwait(false);
            // A file system may have read it out of order.
            Sent = entry.SizeBytes == File.SizeBytes ? content.Sha256 ?? Hash(cancellationToken) : null;
            return entry;
        }
        catch (Exception e) when (content.IsCutOff && e is not OperationCanceledException) { throw CutOff(e); }
    }

    /// <summary>Large files travel by parts, several at a time; that they were not altered is seen by hashing them again.</summary>
    private async Task<FileEntry> SendByPlaceAsync(
        IAsyncFileSystem fileSystem, string path, WriteOptions options, CancellationToken cancellationToken)
    {
        Sent = null;
        var before = Hash(cancellationToken) ?? throw CutOff(null);
        using var borrowed = new SafeFileHandle(_file.DangerousGetHandle(), ownsHandle: false);
        var content = new FileStream(borrowed, FileAccess.Read, bufferSize: 1);
        await using var reading = content.ConfigureAwait(false);
        try
        {
            var entry = await fileSystem.WriteAsync(path, content, options, cancellationToken).ConfigureAwait(false);
            var isSame = entry.SizeBytes == File.SizeBytes && !HasOtherLength && Hash(cancellationToken) == before;
            Sent = isSame ? before : null;
            return entry;
        }
        catch (Exception e) when (HasOtherLength && e is not OperationCanceledException) { throw CutOff(e); }
    }

    private static EndOfStreamException CutOff(Exception? cause) => new("The file became shorter while it was read.", cause);

    private bool HasOtherLength => RandomAccess.GetLength(_file) != File.SizeBytes;
}
