using System.Text;
using IdfKit.Storage.Files;
using IdfKit.Storage.S3.Transfers;

namespace IdfKit.Storage.S3;

public sealed partial class AsyncS3FileSystem
{
    /// <summary>One GET up to the part size, more at a time beyond.</summary>
    /// <inheritdoc/>
    public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
        ReadAllAsync(nameof(IFileSystem.ReadBytes), path, cancellationToken);

    /// <inheritdoc cref="ReadBytesAsync"/>
    public async Task<string> ReadTextAsync(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        StorageText.Decode(
            await ReadAllAsync(nameof(IFileSystem.ReadText), path, cancellationToken).ConfigureAwait(false), encoding);

    /// <summary>One GET up to the part size, more at a time beyond; memory does not grow with the object.</summary>
    /// <inheritdoc/>
    public async Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.Download);
        Required.Text(localPath, "the local path");
        ReplacingFile? file = null;
        var told = new CallerProgress(progress);
        try
        {
            var total = 0L;
            var transfer = new RangedDownload(_bucket, Operation, path)
            {
                Begin = _ => file = ReplacingFile.Beside(localPath, Operation, path),
                Take = (chunk, offset) =>
                {
                    file!.WriteAt(chunk, offset);
                    told.Report(Interlocked.Add(ref total, chunk.Length));
                },
            };
            var entry = await transfer.RunAsync(cancellationToken).ConfigureAwait(false);
            file!.Commit();
            return entry;
        }
        catch (StorageException)
        {
            told.ThrowItsError();
            throw;
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
        var read = await new RangeReader(_bucket, Operation, path)
            .FillAsync(offset, destination, null, cancellationToken).ConfigureAwait(false);
        return (int)read.Count;
    }

    /// <summary>
    /// One GET of the start; later reads fetch what they need, and read ahead while they go forward. Fails when the
    /// object is replaced meanwhile.
    /// </summary>
    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default) =>
        await S3ReadStream.OpenAsync(new RangeReader(_bucket, nameof(IFileSystem.OpenRead), path), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="OpenReadAsync"/>
    public async Task<Stream> OpenReadVersionAsync(string path, string versionId, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.OpenReadVersion);
        _bucket.Key(path, Operation);
        Required.Text(versionId, "the version");
        try
        {
            return await S3ReadStream.OpenAsync(
                new RangeReader(_bucket, Operation, path, versionId), cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException none) when (S3Errors.IsNoVersion(none))
        {
            throw S3Errors.NoVersion(Operation, path, _bucket.Name, none);
        }
    }

    /// <summary>One GET for ranges that lie close, more at a time for others; all of the content that the first one met.</summary>
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadRangesAsync(
        string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.ReadRanges);
        _bucket.Key(path, Operation);
        ArgumentNullException.ThrowIfNull(ranges);
        return await new ManyRanges(_bucket, Operation, path).ReadAsync(ranges, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]> ReadAllAsync(string operation, string path, CancellationToken cancellationToken)
    {
        var content = Array.Empty<byte>();
        var transfer = new RangedDownload(_bucket, operation, path)
        {
            Begin = entry => content = entry.SizeBytes <= Array.MaxLength
                ? GC.AllocateUninitializedArray<byte>((int)entry.SizeBytes)
                : throw new StorageException(StorageErrorKind.OutOfSpace, operation, path,
                    $"{operation} of '{path}' failed: {entry.SizeBytes} bytes do not fit into one array; use OpenRead or Download."),
            Take = (chunk, offset) => chunk.CopyTo(content.AsSpan((int)offset)),
        };
        await transfer.RunAsync(cancellationToken).ConfigureAwait(false);
        return content;
    }
}
