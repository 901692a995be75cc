using FaultProxies;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>
/// Every operation with every fault ends in success or in one typed error, in time, and leaves an old content or a new
/// one.
/// </summary>
public sealed class FaultMatrixTests(RgwServer rgw) : IAsyncLifetime
{
    private const int Always = int.MaxValue;
    private const string Old = "the old content, long enough to be cut";

    private static readonly StorageErrorKind[] None = [];

    private static readonly Dictionary<string, (Fault Fault, int Times, StorageErrorKind[] Allowed)> Faults = new()
    {
        ["500 once"] = (new Fault.Answer(500, "InternalError"), 1, None),
        ["500 always"] = (new Fault.Answer(500, "InternalError"), Always, [StorageErrorKind.Unavailable]),
        ["slow down once"] = (new Fault.Answer(503, "SlowDown"), 1, None),
        ["slow down always"] = (new Fault.Answer(503, "SlowDown"), Always, [StorageErrorKind.Throttled, StorageErrorKind.Unavailable]),
        ["forbidden once"] = (new Fault.Answer(403, "AccessDenied"), 1, [StorageErrorKind.AccessDenied]),
        ["reset once"] = (new Fault.Reset(), 1, None),
        ["reset always"] = (new Fault.Reset(), Always, [StorageErrorKind.Unavailable]),
        ["request cut once"] = (new Fault.CutRequest(10), 1, None),
        ["request cut always"] = (new Fault.CutRequest(10), Always, [StorageErrorKind.Unavailable]),
        ["answer lost once"] = (new Fault.LoseAnswer(), 1, [StorageErrorKind.NotFound]),
        ["answer lost always"] = (new Fault.LoseAnswer(), Always, [StorageErrorKind.Unavailable]),
        ["body cut once"] = (new Fault.CutBody(12), 1, [StorageErrorKind.Unavailable]),
        ["body cut always"] = (new Fault.CutBody(12), Always, [StorageErrorKind.Unavailable]),
        ["stall once"] = (new Fault.Stall(12), 1, [StorageErrorKind.Unavailable]),
        ["length too long"] = (new Fault.LieAboutLength(5), 1, [StorageErrorKind.Unavailable]),
        ["length too short"] = (new Fault.LieAboutLength(-5), 1, [StorageErrorKind.Unavailable]),
        ["wrong byte"] = (new Fault.WrongByte(20), 1, [StorageErrorKind.Corrupted, StorageErrorKind.Unavailable]),
        ["clock ahead once"] = (new Fault.ClockSkew(TimeSpan.FromHours(2)), 1, [StorageErrorKind.AccessDenied]),
        ["web page 200"] = (new Fault.WebPage(200), 1, [StorageErrorKind.Unavailable]),
        ["web page 502"] = (new Fault.WebPage(502), 1, None),
    };

    private readonly TestBucket _bucket = new(rgw);

    public static TheoryData<string> Names => [.. Faults.Keys];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bucket.DisposeAsync();

    // Whose answer to the very first request of an upload is lost knows no id to abort. Such an upload must at least be empty.
    private async Task AbortEmptyUploadsAsync()
    {
        foreach (var upload in await _bucket.UnfinishedUploadsAsync())
        {
            Assert.Empty((await _bucket.Client.ListPartsAsync(
                new() { BucketName = _bucket.Name, Key = upload.Key, UploadId = upload.UploadId })).Parts ?? []);
            await _bucket.Client.AbortMultipartUploadAsync(
                new() { BucketName = _bucket.Name, Key = upload.Key, UploadId = upload.UploadId });
        }
    }

    [Theory, MemberData(nameof(Names)), Rule("F1", "F3", "F5", "W4")]
    public async Task Every_operation_survives(string name)
    {
        await using var direct = await _bucket.OpenAsync();
        await Task.WhenAll(S3Operations.All.Select(operation => TryAsync(direct, name, operation.Key, operation.Value)));
        await AbortEmptyUploadsAsync();
    }

    private async Task TryAsync(AsyncS3FileSystem direct, string name, string operation, Func<IAsyncFileSystem, string, Task> call)
    {
        var (fault, times, allowed) = Faults[name];
        var path = operation + "/f";
        await direct.WriteTextAsync(path, Old);
        await using var proxy = new FaultProxy(rgw.EndpointUrl);
        proxy.Fail(static _ => true, fault, times);
        await using var fs = new AsyncS3FileSystem(
            _bucket.Name, _bucket.Options with { EndpointUrl = proxy.Url, OperationTimeout = TimeSpan.FromSeconds(8) });
        var outcome = "success";
        try
        {
            await call(new Checked(fs), path).WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (StorageException error)
        {
            outcome = error.Kind.ToString();
            Assert.True(allowed.Contains(error.Kind), $"{operation} under '{name}': {error}");
        }
        catch (Exception error)
        {
            Assert.Fail($"{operation} under '{name}' ended in {error}");
        }
        foreach (var entry in await direct.ListAsync(operation).ToListAsync())
            Assert.True(entry.SizeBytes == Old.Length || entry.SizeBytes is 100 or 4 or TestBucket.PartBytes + 1,
                $"{operation} under '{name}' ({outcome}) left {entry.SizeBytes} bytes");
        if (operation != "Remove")
            Assert.True(
                await direct.ExistsAsync(path) || (operation == "Move" && await direct.ExistsAsync(path + "-moved")),
                $"{operation} under '{name}' ({outcome}) removed the object");
    }

    /// <summary>What is read must be what was stored, whenever the read succeeds.</summary>
    private sealed class Checked(AsyncS3FileSystem fs) : IAsyncFileSystem
    {
        private IAsyncFileSystem Fs => fs;

        public async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
            Same(await fs.ReadBytesAsync(path, cancellationToken));

        public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
            fs.WriteBytesAsync(path, content, cancellationToken);

        public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
            fs.ExistsAsync(path, cancellationToken);

        public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
            fs.MakeDirectoriesAsync(path, existOk, cancellationToken);

        public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
            fs.CopyAsync(source, destination, cancellationToken);

        public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
            fs.GlobAsync(path, pattern, cancellationToken);

        public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => fs.RemoveAsync(path, cancellationToken);

        public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) =>
            fs.StatAsync(path, cancellationToken);

        public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default) =>
            fs.ListAsync(path, cancellationToken);

        public async Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default)
        {
            var stream = await fs.OpenReadAsync(path, cancellationToken);
            var copy = new MemoryStream();
            await stream.CopyToAsync(copy, cancellationToken);
            Same(copy.ToArray());
            return stream;
        }

        public Task<int> ReadRangeAsync(
            string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
            fs.ReadRangeAsync(path, offset, destination, cancellationToken);

        public Task<FileEntry> WriteAsync(
            string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
            fs.WriteAsync(path, content, options, cancellationToken);

        public Task<FileEntry> UploadAsync(
            string localPath, string path, WriteOptions? options = null, IProgress<long>? progress = null,
            CancellationToken cancellationToken = default) =>
            fs.UploadAsync(localPath, path, options, progress, cancellationToken);

        public async Task<FileEntry> DownloadAsync(
            string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
        {
            var entry = await Fs.DownloadAsync(path, localPath, progress, cancellationToken);
            Same(await File.ReadAllBytesAsync(localPath, cancellationToken));
            return entry;
        }

        public Task<StorageWriteStream> OpenWriteAsync(
            string path, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
            fs.OpenWriteAsync(path, options, cancellationToken);

        public Task MoveAsync(string source, string destination, CancellationToken cancellationToken = default) =>
            fs.MoveAsync(source, destination, cancellationToken);

        public Task RemoveManyAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
            fs.RemoveManyAsync(paths, cancellationToken);

        public Task<long> RemoveFolderAsync(string path, CancellationToken cancellationToken = default) =>
            fs.RemoveFolderAsync(path, cancellationToken);

        public IAsyncEnumerable<FileEntry> ListFolderAsync(
            string path, ListOptions? options = null, CancellationToken cancellationToken = default) =>
            fs.ListFolderAsync(path, options, cancellationToken);

        public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadRangesAsync(
            string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default)
        {
            var pieces = await fs.ReadRangesAsync(path, ranges, cancellationToken);
            Assert.Equal([5, 0, 9], pieces.Select(piece => piece.Length));
            return pieces;
        }

        private static byte[] Same(byte[] content)
        {
            Assert.Equal(Old, System.Text.Encoding.UTF8.GetString(content));
            return content;
        }
    }
}
