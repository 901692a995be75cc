using System.Runtime.InteropServices;
using System.Text;
using IdfKit.Storage.Files;
using IdfKit.Storage.S3.Transfers;

namespace IdfKit.Storage.S3;

public sealed partial class AsyncS3FileSystem
{
    /// <inheritdoc/>
    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        WriteAllAsync(nameof(IFileSystem.WriteBytes), path, content, cancellationToken);

    /// <inheritdoc/>
    public Task WriteTextAsync(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        WriteAllAsync(nameof(IFileSystem.WriteText), path, StorageText.Encode(text, encoding), cancellationToken);

    /// <summary>
    /// One PUT up to the part size, parts beyond. A conditional write of a seekable stream is one PUT up to 64 MiB, since
    /// not every server checks conditions on parts.
    /// </summary>
    /// <inheritdoc/>
    public async Task<FileEntry> WriteAsync(
        string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.Write);
        _bucket.Key(path, Operation);
        ArgumentNullException.ThrowIfNull(content);
        var write = Checked(options, Operation, path);
        var readable = CallerContent.Of(content, blocks: false, cancellationToken);
        return await new S3Upload(_bucket, Operation, path) { Write = write }
            .RunAsync(readable, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="WriteAsync"/>
    public async Task<FileEntry> UploadAsync(
        string localPath, string path,
        WriteOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.Upload);
        _bucket.Key(path, Operation);
        var write = Checked(options, Operation, path);
        var file = LocalSource.Open(localPath, path);
        var told = new CallerProgress(progress);
        await using (file.ConfigureAwait(false))
        {
            try
            {
                return await new S3Upload(_bucket, Operation, path) { Write = write, Told = told }
                    .RunAsync(file, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception unread) when (unread is not StorageException && LocalErrors.IsOfDisk(unread))
            {
                told.ThrowItsError();
                throw LocalErrors.Wrap(unread, Operation, path);
            }
        }
    }

    /// <summary>One PUT up to the part size when it completes; parts beyond, which travel while it is written.</summary>
    /// <inheritdoc/>
    public Task<StorageWriteStream> OpenWriteAsync(
        string path, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.OpenWrite);
        _bucket.Key(path, Operation);
        var write = Checked(options, Operation, path);
        cancellationToken.ThrowIfCancellationRequested();
        var upload = new S3Upload(_bucket, Operation, path) { Write = write, TestsAtEnd = true };
        return Task.FromResult<StorageWriteStream>(new S3WriteStream(upload));
    }

    // Amazon's limits are for the tags of the file system and of the write together.
    private WriteOptions Checked(WriteOptions? options, string operation, string path)
    {
        var write = _bucket.Options.Tagged(options);
        write.Validate(operation, path, Capabilities);
        return write;
    }

    private async Task WriteAllAsync(
        string operation, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _bucket.Key(path, operation);
        var bytes = MemoryMarshal.TryGetArray(content, out var array) ? array : new ArraySegment<byte>(content.ToArray());
        using var stream = new MemoryStream(bytes.Array ?? [], bytes.Offset, bytes.Count, writable: false);
        await new S3Upload(_bucket, operation, path) { Write = _bucket.Options.Tagged(null) }
            .RunAsync(stream, cancellationToken).ConfigureAwait(false);
    }
}
