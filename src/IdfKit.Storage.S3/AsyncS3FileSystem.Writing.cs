using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using Amazon.S3;
using Amazon.S3.Model;

using IdfKit.Storage.Files;
using IdfKit.Storage.S3.Transfers;

namespace IdfKit.Storage.S3;

public sealed partial class AsyncS3FileSystem
{
    /// <inheritdoc/>
    public async Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.WriteBytes);
        _bucket.Key(path, Operation);
        var bytes = MemoryMarshal.TryGetArray(content, out var array) ? array : new ArraySegment<byte>(content.ToArray());
        using var stream = new MemoryStream(bytes.Array ?? [], bytes.Offset, bytes.Count, writable: false);
        await new S3Upload(_bucket, Operation, path).RunAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// One PUT up to the part size, parts beyond. A conditional write of a seekable stream is one PUT up to 5 GB, since
    /// not every server checks conditions on parts.
    /// </summary>
    /// <inheritdoc/>
    public async Task<FileEntry> WriteAsync(
        string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.Write);
        _bucket.Key(path, Operation);
        ArgumentNullException.ThrowIfNull(content);
        options?.Validate(Operation, path, Capabilities);
        return await new S3Upload(_bucket, Operation, path) { Write = options ?? new WriteOptions() }
            .RunAsync(content, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="WriteAsync"/>
    public async Task<FileEntry> UploadAsync(
        string localPath, string path,
        WriteOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.Upload);
        _bucket.Key(path, Operation);
        options?.Validate(Operation, path, Capabilities);
        var file = LocalSource.Open(localPath, path);
        await using (file.ConfigureAwait(false))
            return await new S3Upload(_bucket, Operation, path) { Write = options ?? new WriteOptions(), Told = progress }
                .RunAsync(file, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>On the server: one HEAD, and one COPY or the copies of its parts beyond 5 GB. Metadata and content type go along.</summary>
    /// <inheritdoc/>
    public async Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.Copy);
        var (from, to) = (_bucket.Key(source, Operation), _bucket.Key(destination, Operation));
        var entry = await _bucket.HeadAsync(Operation, source, from, cancellationToken).ConfigureAwait(false);
        if (source == destination) return;
        if (entry.SizeBytes > CopyLimitBytes)
        {
            await new S3Upload(_bucket, Operation, destination) { Write = new WriteOptions { Metadata = entry.Metadata } }
                .CopyAsync(from, entry, cancellationToken).ConfigureAwait(false);
            return;
        }
        var request = new CopyObjectRequest
        {
            SourceBucket = _bucket.Name, SourceKey = from, DestinationBucket = _bucket.Name, DestinationKey = to
        };
        if (_bucket.Options.KmsKeyId is { } kms)
            (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) =
                (ServerSideEncryptionMethod.AWSKMS, kms);
        if (_bucket.Options.StorageClass is { } storageClass) request.StorageClass = S3StorageClass.FindValue(storageClass);
        if (S3Upload.TagsOf(_bucket.Options, ReadOnlyDictionary<string, string>.Empty) is { } tags)
            (request.TagSet, request.TaggingDirective) = (tags, TaggingDirective.REPLACE);
        await _bucket.CallAsync(
            Operation, source, (s3, token) => s3.CopyObjectAsync(request, token), cancellationToken).ConfigureAwait(false);
    }
}
