using System.Text;

using IdfKit.Storage.Files;

namespace IdfKit.Storage.Adapters;

/// <summary>Behind <see cref="FileSystemAdapters.AsSync"/>.</summary>
internal sealed class SyncOverAsync(IAsyncFileSystem inner) : IFileSystem
{
    public IAsyncFileSystem Inner => inner;

    public StorageCapabilities Capabilities => inner.Capabilities;

    public string? Identity => inner.Identity;

    public byte[] ReadBytes(string path, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.ReadBytesAsync(path, cancellationToken));

    public void WriteBytes(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.WriteBytesAsync(path, content, cancellationToken));

    public string ReadText(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.ReadTextAsync(path, encoding, cancellationToken));

    public void WriteText(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.WriteTextAsync(path, text, encoding, cancellationToken));

    public bool Exists(string path, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.ExistsAsync(path, cancellationToken));

    public void MakeDirectories(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.MakeDirectoriesAsync(path, existOk, cancellationToken));

    public void Copy(string source, string destination, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.CopyAsync(source, destination, cancellationToken));

    public IEnumerable<string> Glob(string path, string pattern, CancellationToken cancellationToken = default) =>
        Enumerate(inner.GlobAsync(path, pattern, cancellationToken), cancellationToken);

    public void Remove(string path, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.RemoveAsync(path, cancellationToken));

    public FileEntry Stat(string path, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.StatAsync(path, cancellationToken));

    public IEnumerable<FileEntry> List(string path, CancellationToken cancellationToken = default) =>
        Enumerate(inner.ListAsync(path, cancellationToken), cancellationToken);

    public Stream OpenRead(string path, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.OpenReadAsync(path, cancellationToken));

    public int ReadRange(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.ReadRangeAsync(path, offset, destination, cancellationToken));

    public FileEntry Write(string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() =>
            inner.WriteAsync(path, CallerContent.Of(content, blocks: false, cancellationToken), options, cancellationToken));

    public FileEntry Upload(
        string localPath, string path,
        WriteOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.UploadAsync(localPath, path, options, progress, cancellationToken));

    public FileEntry Download(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.DownloadAsync(path, localPath, progress, cancellationToken));

    public void Remove(string path, string ifMatch, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.RemoveAsync(path, ifMatch, cancellationToken));

    public StorageWriteStream OpenWrite(string path, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.OpenWriteAsync(path, options, cancellationToken));

    public void Move(string source, string destination, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.MoveAsync(source, destination, cancellationToken));

    public void RemoveMany(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.RemoveManyAsync(paths, cancellationToken));

    public long RemoveFolder(string path, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.RemoveFolderAsync(path, cancellationToken));

    public IEnumerable<FileEntry> ListFolder(string path, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Enumerate(inner.ListFolderAsync(path, options, cancellationToken), cancellationToken);

    public IReadOnlyList<ReadOnlyMemory<byte>> ReadRanges(
        string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.ReadRangesAsync(path, ranges, cancellationToken));

    public Stream OpenReadVersion(string path, string versionId, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.OpenReadVersionAsync(path, versionId, cancellationToken));

    public Uri PresignGet(string path, TimeSpan validFor, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.PresignGetAsync(path, validFor, cancellationToken));

    public Uri PresignPut(string path, TimeSpan validFor, string? contentType = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => inner.PresignPutAsync(path, validFor, contentType, cancellationToken));

    public void Dispose() => Blocking.Wait(() => inner.DisposeAsync().AsTask());

    private static IEnumerable<T> Enumerate<T>(IAsyncEnumerable<T> source, CancellationToken cancellationToken)
    {
        var items = source.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (Blocking.Wait(() => items.MoveNextAsync().AsTask()))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return items.Current;
            }
        }
        finally
        {
            Blocking.Wait(() => items.DisposeAsync().AsTask());
        }
    }
}
