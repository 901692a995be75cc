using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Studies;

/// <summary>
/// What a study may read: its own file as it was fetched, and what lies under the input prefix. The function reads with its role, which
/// may reach more than the author; what it may not read is not there.
/// </summary>
/// <param name="study">The study's key.</param>
/// <param name="file">The study's file on local disk.</param>
/// <param name="files">The bucket.</param>
/// <param name="bases">The bases, each of which is fetched once.</param>
/// <param name="inputPrefix">What lies outside it is not read.</param>
internal sealed class StudyInputs(ObjectKey study, string file, IAsyncFileSystem files, StagedBases bases, string inputPrefix)
    : IAsyncFileSystem
{
    public async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default)
    {
        if (!IsAllowed(path)) throw Absent(path);
        var of = await bases.OfAsync(path, cancellationToken).ConfigureAwait(false);
        return of.Model is { } model ? model.Bytes.ToArray() : throw new UnreadBaseException(of.Fetched.Rejection!);
    }

    public Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default) =>
        path == study.Value ? Task.FromResult<Stream>(File.OpenRead(file)) : throw Absent(path);

    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default)
    {
        if (!IsAllowed(path)) return false;
        try { return await files.ExistsAsync(path, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return false; }
    }

    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
        files.GlobAsync(path, pattern, cancellationToken);

    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        throw ReadOnly();

    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) => throw ReadOnly();

    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) => throw ReadOnly();

    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => throw ReadOnly();

    private static StorageException Absent(string path) =>
        new(StorageErrorKind.NotFound, "Read", path, DropSentences.NoSuchObject(path));

    private static NotSupportedException ReadOnly() => new("Inputs are only read.");

    private bool IsAllowed(string path) => path.StartsWith(inputPrefix, StringComparison.Ordinal);
}

/// <summary>A base is there and cannot be used.</summary>
/// <param name="rejection">Why.</param>
internal sealed class UnreadBaseException(Rejection rejection) : Exception(rejection.Message)
{
    public Rejection Rejection => rejection;
}
