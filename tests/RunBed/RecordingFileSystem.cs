using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace RunBed;

/// <summary>Passes everything on and remembers what was asked for, as "Operation path".</summary>
internal sealed class RecordingFileSystem(IAsyncFileSystem inner) : IAsyncFileSystem
{
    private readonly ConcurrentQueue<string> _requests = new();

    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Requests that change something.</summary>
    public IReadOnlyList<string> Writes => [.. _requests.Where(request => request.StartsWith("Write", StringComparison.Ordinal)
        || request.StartsWith("Upload", StringComparison.Ordinal)
        || request.StartsWith("Remove", StringComparison.Ordinal)
        || request.StartsWith("Copy", StringComparison.Ordinal))];

    public StorageCapabilities Capabilities => inner.Capabilities;

    /// <summary>Requests that are refused, as S3 refuses what a role may not.</summary>
    public Func<string, bool> IsDenied { get; set; } = static _ => false;

    /// <summary>Done before each request is passed on.</summary>
    public Func<string, Task>? Before { get; set; }

    /// <summary>Done after each write has been passed on, before its answer is.</summary>
    public Func<string, Task>? After { get; set; }

    public void Clear() => _requests.Clear();

    public async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default)
    {
        await NoteAsync("Read " + path);
        return await inner.ReadBytesAsync(path, cancellationToken);
    }

    public async Task<string> ReadTextAsync(
        string path, System.Text.Encoding? encoding = null, CancellationToken cancellationToken = default)
    {
        await NoteAsync("Read " + path);
        return await inner.ReadTextAsync(path, encoding, cancellationToken);
    }

    public async Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        await NoteAsync("Write " + path);
        await inner.WriteBytesAsync(path, content, cancellationToken);
    }

    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default)
    {
        await NoteAsync("Exists " + path);
        return await inner.ExistsAsync(path, cancellationToken);
    }

    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        inner.MakeDirectoriesAsync(path, existOk, cancellationToken);

    public async Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default)
    {
        await NoteAsync("Copy " + source);
        await inner.CopyAsync(source, destination, cancellationToken);
    }

    public async IAsyncEnumerable<string> GlobAsync(
        string path, string pattern, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Note("List " + path);
        await foreach (var found in inner.GlobAsync(path, pattern, cancellationToken)) yield return found;
    }

    public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default)
    {
        _requests.Enqueue("List " + path);
        return inner.ListAsync(path, cancellationToken);
    }

    public async IAsyncEnumerable<FileEntry> ListFolderAsync(
        string path, ListOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Note("List " + path);
        await foreach (var found in inner.ListFolderAsync(path, options, cancellationToken)) yield return found;
    }

    public async Task RemoveAsync(string path, CancellationToken cancellationToken = default)
    {
        await NoteAsync("Remove " + path);
        await inner.RemoveAsync(path, cancellationToken);
    }

    public async Task RemoveAsync(string path, string ifMatch, CancellationToken cancellationToken = default)
    {
        await NoteAsync("Remove " + path);
        await inner.RemoveAsync(path, ifMatch, cancellationToken);
    }

    public async Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default)
    {
        await NoteAsync("Stat " + path);
        return await inner.StatAsync(path, cancellationToken);
    }

    public async Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default)
    {
        await NoteAsync("Open " + path);
        return await inner.OpenReadAsync(path, cancellationToken);
    }

    public async Task<FileEntry> WriteAsync(
        string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        // Results travel from their open files.
        var request = (content is HashedContent or FileStream ? "Upload " : "Write ") + path;
        await NoteAsync(request);
        var written = await inner.WriteAsync(path, content, options, cancellationToken);
        if (After is { } after) await after(request);
        return written;
    }

    public async Task<FileEntry> UploadAsync(
        string localPath, string path, WriteOptions? options = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        await NoteAsync("Upload " + path);
        return await inner.UploadAsync(localPath, path, options, progress, cancellationToken);
    }

    public async Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        await NoteAsync("Download " + path);
        return await inner.DownloadAsync(path, localPath, progress, cancellationToken);
    }

    /// <summary>Everything that is stored; not a request.</summary>
    public async Task<IReadOnlyList<string>> AllAsync()
    {
        var paths = new List<string>();
        await foreach (var path in inner.GlobAsync("", "**", CancellationToken.None)) paths.Add(path);
        return paths;
    }

    /// <summary>Remembers a request that is made beside this file system.</summary>
    public async Task NoteAsync(string request)
    {
        Note(request);
        if (Before is { } before) await before(request);
    }

    private void Note(string request)
    {
        _requests.Enqueue(request);
        if (!IsDenied(request)) return;
        var (operation, path) = (request.Split(' ', 2)[0], request.Split(' ', 2)[1]);
        throw new StorageException(StorageErrorKind.AccessDenied, operation, path, $"{operation} of '{path}' failed: denied.");
    }
}
