using System.Runtime.CompilerServices;
using System.Text;

using IdfKit.Storage.Files;

namespace IdfKit.Storage.Adapters;

#pragma warning disable RS0030 // AsAsync is the one place where blocking work may move to the pool.

/// <summary>Behind <see cref="FileSystemAdapters.AsAsync"/>.</summary>
internal sealed class AsyncOverSync(IFileSystem inner) : IAsyncFileSystem
{
    // Entries fetched per visit to the pool: enough to make the hop cheap, few enough that the first come early.
    private const int Batch = 256;

    public IFileSystem Inner => inner;

    public StorageCapabilities Capabilities => inner.Capabilities;

    public string? Identity => inner.Identity;

    public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.ReadBytes(path, cancellationToken), cancellationToken);

    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.WriteBytes(path, content, cancellationToken), cancellationToken);

    public Task<string> ReadTextAsync(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.ReadText(path, encoding, cancellationToken), cancellationToken);

    public Task WriteTextAsync(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.WriteText(path, text, encoding, cancellationToken), cancellationToken);

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.Exists(path, cancellationToken), cancellationToken);

    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.MakeDirectories(path, existOk, cancellationToken), cancellationToken);

    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.Copy(source, destination, cancellationToken), cancellationToken);

    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
        Enumerate(token => inner.Glob(path, pattern, token), cancellationToken);

    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.Remove(path, cancellationToken), cancellationToken);

    public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.Stat(path, cancellationToken), cancellationToken);

    public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default) =>
        Enumerate(token => inner.List(path, token), cancellationToken);

    public Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.OpenRead(path, cancellationToken), cancellationToken);

    public Task<int> ReadRangeAsync(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.ReadRange(path, offset, destination, cancellationToken), cancellationToken);

    public Task<FileEntry> WriteAsync(
        string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.Run(
            () => inner.Write(path, CallerContent.Of(content, blocks: false, cancellationToken), options, cancellationToken),
            cancellationToken);

    public Task<FileEntry> UploadAsync(
        string localPath, string path,
        WriteOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.Upload(localPath, path, options, progress, cancellationToken), cancellationToken);

    public Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.Download(path, localPath, progress, cancellationToken), cancellationToken);

    public Task RemoveAsync(string path, string ifMatch, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.Remove(path, ifMatch, cancellationToken), cancellationToken);

    public async Task<StorageWriteStream> OpenWriteAsync(
        string path, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var opened = await Task.Run(() => inner.OpenWrite(path, options, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new PooledWriteStream(opened);
    }

    public Task MoveAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.Move(source, destination, cancellationToken), cancellationToken);

    public Task RemoveManyAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.RemoveMany(paths, cancellationToken), cancellationToken);

    public Task<long> RemoveFolderAsync(string path, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.RemoveFolder(path, cancellationToken), cancellationToken);

    public IAsyncEnumerable<FileEntry> ListFolderAsync(
        string path, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Enumerate(token => inner.ListFolder(path, options, token), cancellationToken);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadRangesAsync(
        string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.ReadRanges(path, ranges, cancellationToken), cancellationToken);

    public Task<Stream> OpenReadVersionAsync(string path, string versionId, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.OpenReadVersion(path, versionId, cancellationToken), cancellationToken);

    public Task<Uri> PresignGetAsync(string path, TimeSpan validFor, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.PresignGet(path, validFor, cancellationToken), cancellationToken);

    public Task<Uri> PresignPutAsync(
        string path, TimeSpan validFor, string? contentType = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => inner.PresignPut(path, validFor, contentType, cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => new(Task.Run(inner.Dispose));

    private static async IAsyncEnumerable<T> Enumerate<T>(
        Func<CancellationToken, IEnumerable<T>> start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var source = await Task.Run(() => start(cancellationToken).GetEnumerator(), cancellationToken).ConfigureAwait(false);
        var batch = new List<T>(Batch);
        do
        {
            batch.Clear();
            await Task.Run(() => Take(source, batch, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var item in batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }
        }
        while (batch.Count == Batch);
    }

    private static void Take<T>(IEnumerator<T> source, List<T> batch, CancellationToken cancellationToken)
    {
        while (batch.Count < Batch && source.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Add(source.Current);
        }
    }
}
