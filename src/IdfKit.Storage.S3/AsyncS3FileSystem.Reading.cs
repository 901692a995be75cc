using IdfKit.Storage.Files;
using IdfKit.Storage.S3.Transfers;

namespace IdfKit.Storage.S3;

public sealed partial class AsyncS3FileSystem
{
    /// <summary>One GET up to the part size, more at a time beyond.</summary>
    /// <inheritdoc/>
    public async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.ReadBytes);
        var content = Array.Empty<byte>();
        var transfer = new RangedDownload(_bucket, Operation, path)
        {
            Begin = entry => content = entry.SizeBytes <= Array.MaxLength
                ? GC.AllocateUninitializedArray<byte>((int)entry.SizeBytes)
                : throw new StorageException(StorageErrorKind.OutOfSpace, Operation, path,
                    $"{Operation} of '{path}' failed: {entry.SizeBytes} bytes do not fit into one array; use OpenRead or Download."),
            Take = (chunk, offset) => chunk.CopyTo(content.AsSpan((int)offset)),
        };
        await transfer.RunAsync(cancellationToken).ConfigureAwait(false);
        return content;
    }

    /// <summary>One GET up to the part size, more at a time beyond; memory does not grow with the object.</summary>
    /// <inheritdoc/>
    public async Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.Download);
        ArgumentException.ThrowIfNullOrEmpty(localPath);
        ReplacingFile? file = null;
        try
        {
            var total = 0L;
            var transfer = new RangedDownload(_bucket, Operation, path)
            {
                Begin = _ => file = ReplacingFile.Beside(localPath, Operation, path),
                Take = (chunk, offset) =>
                {
                    file!.WriteAt(chunk, offset);
                    progress?.Report(Interlocked.Add(ref total, chunk.Length));
                },
            };
            var entry = await transfer.RunAsync(cancellationToken).ConfigureAwait(false);
            file!.Commit();
            return entry;
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>One GET of what is asked.</summary>
    /// <inheritdoc/>
    public async Task<int> ReadRangeAsync(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.ReadRange);
        var key = _bucket.Key(path, Operation);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (destination.IsEmpty)
        {
            await _bucket.HeadAsync(Operation, path, key, cancellationToken).ConfigureAwait(false);
            return 0;
        }
        var (_, count) = await new RangeReader(_bucket, Operation, path)
            .FillAsync(offset, destination, null, cancellationToken).ConfigureAwait(false);
        return count;
    }

    /// <summary>
    /// One GET of the start; later reads fetch what they need, and read ahead while they go forward. Fails when the
    /// object is replaced meanwhile.
    /// </summary>
    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default) =>
        await S3ReadStream.OpenAsync(new RangeReader(_bucket, nameof(IFileSystem.OpenRead), path), cancellationToken).ConfigureAwait(false);
}
