using System.Text;
using Amazon.S3;


namespace IdfKit.Storage.S3;

/// <summary>The blocking face of <see cref="AsyncS3FileSystem"/>: the same objects, the same rules.</summary>
public sealed class S3FileSystem : IFileSystem
{
    private readonly AsyncS3FileSystem _s3;
    private readonly IFileSystem _face;

    /// <inheritdoc cref="AsyncS3FileSystem(string, S3FileSystemOptions?)"/>
    public S3FileSystem(string bucket, S3FileSystemOptions? options = null)
        : this(new AsyncS3FileSystem(bucket, options))
    {
    }

    /// <inheritdoc cref="AsyncS3FileSystem(string, IAmazonS3, S3FileSystemOptions?)"/>
    public S3FileSystem(string bucket, IAmazonS3 client, S3FileSystemOptions? options = null)
        : this(new AsyncS3FileSystem(bucket, client, options))
    {
    }

    private S3FileSystem(AsyncS3FileSystem s3) => (_s3, _face) = (s3, s3.AsSync());

    /// <inheritdoc/>
    public StorageCapabilities Capabilities => _s3.Capabilities;

    /// <inheritdoc cref="AsyncS3FileSystem.Identity"/>
    public string Identity => _s3.Identity;

    /// <inheritdoc cref="AsyncS3FileSystem.ReadBytesAsync"/>
    public byte[] ReadBytes(string path, CancellationToken cancellationToken = default) => _face.ReadBytes(path, cancellationToken);

    /// <inheritdoc/>
    public void WriteBytes(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        _face.WriteBytes(path, content, cancellationToken);

    /// <inheritdoc/>
    public string ReadText(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        _face.ReadText(path, encoding, cancellationToken);

    /// <inheritdoc/>
    public void WriteText(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        _face.WriteText(path, text, encoding, cancellationToken);

    /// <inheritdoc/>
    public bool Exists(string path, CancellationToken cancellationToken = default) => _face.Exists(path, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.MakeDirectoriesAsync"/>
    public void MakeDirectories(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        _face.MakeDirectories(path, existOk, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.CopyAsync"/>
    public void Copy(string source, string destination, CancellationToken cancellationToken = default) =>
        _face.Copy(source, destination, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.GlobAsync"/>
    public IEnumerable<string> Glob(string path, string pattern, CancellationToken cancellationToken = default) =>
        _face.Glob(path, pattern, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.RemoveAsync(string, CancellationToken)"/>
    public void Remove(string path, CancellationToken cancellationToken = default) => _face.Remove(path, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.StatAsync"/>
    public FileEntry Stat(string path, CancellationToken cancellationToken = default) => _face.Stat(path, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.ListAsync"/>
    public IEnumerable<FileEntry> List(string path, CancellationToken cancellationToken = default) => _face.List(path, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.OpenReadAsync"/>
    public Stream OpenRead(string path, CancellationToken cancellationToken = default) => _face.OpenRead(path, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.ReadRangeAsync"/>
    public int ReadRange(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        _face.ReadRange(path, offset, destination, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.WriteAsync"/>
    public FileEntry Write(string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        _face.Write(path, content, options, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.UploadAsync"/>
    public FileEntry Upload(
        string localPath, string path, WriteOptions? options = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        _face.Upload(localPath, path, options, progress, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.DownloadAsync"/>
    public FileEntry Download(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        _face.Download(path, localPath, progress, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.RemoveAsync(string, string, CancellationToken)"/>
    public void Remove(string path, string ifMatch, CancellationToken cancellationToken = default) =>
        _face.Remove(path, ifMatch, cancellationToken);

    /// <inheritdoc cref="IAsyncFileSystem.OpenWriteAsync"/>
    public StorageWriteStream OpenWrite(string path, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        _face.OpenWrite(path, options, cancellationToken);

    /// <inheritdoc cref="IAsyncFileSystem.MoveAsync"/>
    public void Move(string source, string destination, CancellationToken cancellationToken = default) =>
        _face.Move(source, destination, cancellationToken);

    /// <inheritdoc cref="IAsyncFileSystem.RemoveManyAsync"/>
    public void RemoveMany(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
        _face.RemoveMany(paths, cancellationToken);

    /// <inheritdoc cref="IAsyncFileSystem.RemoveFolderAsync"/>
    public long RemoveFolder(string path, CancellationToken cancellationToken = default) => _face.RemoveFolder(path, cancellationToken);

    /// <inheritdoc cref="IAsyncFileSystem.ListFolderAsync"/>
    public IEnumerable<FileEntry> ListFolder(string path, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        _face.ListFolder(path, options, cancellationToken);

    /// <inheritdoc cref="IAsyncFileSystem.ReadRangesAsync"/>
    public IReadOnlyList<ReadOnlyMemory<byte>> ReadRanges(
        string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default) =>
        _face.ReadRanges(path, ranges, cancellationToken);

    /// <inheritdoc cref="IAsyncFileSystem.OpenReadVersionAsync"/>
    public Stream OpenReadVersion(string path, string versionId, CancellationToken cancellationToken = default) =>
        _face.OpenReadVersion(path, versionId, cancellationToken);

    /// <inheritdoc cref="IAsyncFileSystem.PresignGetAsync"/>
    public Uri PresignGet(string path, TimeSpan validFor, CancellationToken cancellationToken = default) =>
        _face.PresignGet(path, validFor, cancellationToken);

    /// <inheritdoc cref="IAsyncFileSystem.PresignPutAsync"/>
    public Uri PresignPut(string path, TimeSpan validFor, string? contentType = null, CancellationToken cancellationToken = default) =>
        _face.PresignPut(path, validFor, contentType, cancellationToken);

    /// <inheritdoc cref="AsyncS3FileSystem.AbortUploadsAsync"/>
    public int AbortUploads(string path, bool recursive = false, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => _s3.AbortUploadsAsync(path, recursive, cancellationToken));

    /// <inheritdoc cref="AsyncS3FileSystem.DisposeAsync"/>
    public void Dispose() => Blocking.Wait(() => _s3.DisposeAsync().AsTask());
}
