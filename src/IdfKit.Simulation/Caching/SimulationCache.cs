using System.Text.Json;

using IdfKit.Runs;
using IdfKit.Runs.Caching;
using IdfKit.Simulation.Caching;
using IdfKit.Storage;

namespace IdfKit.Simulation;

/// <summary>
/// Keeps the results of completed runs under a SHA-256 of all that they depend on: the model without comments and spacing, the weather,
/// the files that the model names, the options and the EnergyPlus. May be shared by processes and machines.
/// </summary>
/// <remarks>
/// An entry appears whole or not at all, and is never changed. Its files are checked against their checksums whenever they are used; what
/// fails the check is thrown away and simulated again. A cache that cannot be written to is slow, not broken. It is not trimmed.
/// </remarks>
public sealed class SimulationCache
{
    private static readonly WriteOptions EntryOptions = new() { ContentType = "application/json" };

    private readonly IAsyncFileSystem _fileSystem;

    /// <param name="fileSystem">A file system, or a prefix of one, of the cache's own.</param>
    public SimulationCache(IAsyncFileSystem fileSystem)
    {
        ArgumentNullException.ThrowIfNull(fileSystem);
        _fileSystem = fileSystem;
    }

    /// <param name="directory">A folder of the cache's own on local disk; made when something is kept.</param>
    public SimulationCache(string directory)
        : this(new AsyncLocalFileSystem(directory))
    {
    }

    /// <summary>The entry of a run; null when there is none, or none that can be read. One GET.</summary>
    internal async Task<CacheEntry?> FindAsync(CacheKey key, CancellationToken cancellationToken)
    {
        byte[] json;
        try { json = await _fileSystem.ReadBytesAsync(key.PathOf(CacheEntry.Name), cancellationToken).ConfigureAwait(false); }
        // S3 denies what is not there to who may not list.
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound or StorageErrorKind.AccessDenied || e.IsTransient)
        {
            return null;
        }

        if (Parse(json) is { Schema: CacheEntry.CurrentSchema, Record.Status: RunStatus.Completed } entry
            && StoragePath.IsValid(entry.Archive))
        {
            return entry;
        }
        await ForgetAsync(key, null).ConfigureAwait(false);
        return null;
    }

    /// <summary>
    /// Brings the files of an entry into <paramref name="directory"/>; false when one of them is missing or altered,
    /// and the entry is gone. One GET.
    /// </summary>
    internal async Task<bool> TryExtractAsync(
        CacheKey key, CacheEntry entry, string directory, string scratchPath, CancellationToken cancellationToken)
    {
        try { await _fileSystem.DownloadAsync(
            key.PathOf(entry.Archive), scratchPath, progress: null, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound or StorageErrorKind.Corrupted)
        {
            await ForgetAsync(key, entry).ConfigureAwait(false);
            return false;
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.AccessDenied || e.IsTransient) { return false; }
        var isWhole = await CacheArchive.TryExtractAsync(
            scratchPath, entry.Record.Files, directory, cancellationToken).ConfigureAwait(false);
        File.Delete(scratchPath);
        if (!isWhole) await ForgetAsync(key, entry).ConfigureAwait(false);
        return isWhole;
    }

    /// <summary>Keeps a completed run, unless somebody else has kept the same one first. The archive of its files goes.</summary>
    internal async Task KeepAsync(
        CacheKey key, RunRecord record, string scratchPath, CancellationToken cancellationToken)
    {
        var entry = new CacheEntry(CacheEntry.CurrentSchema, record.RunId + ".zip", record);
        try
        {
            await _fileSystem.UploadAsync(
                scratchPath, key.PathOf(entry.Archive), new() { ContentType = "application/zip" },
                progress: null, cancellationToken).ConfigureAwait(false);
            using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(entry, CacheJson.Readable.CacheEntry), writable: false);
            var first = EntryOptions with { IfAbsent = _fileSystem.Capabilities.HasFlag(StorageCapabilities.Conditions) };
            await _fileSystem.WriteAsync(key.PathOf(CacheEntry.Name), json, first, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException e)
        {
            // Somebody was first, or the cache cannot be written to. An archive that no entry names is of no use.
            if (e.Kind is StorageErrorKind.PreconditionFailed or StorageErrorKind.Conflict)
                await RemoveAsync(key.PathOf(entry.Archive)).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(scratchPath);
        }
    }

    private static CacheEntry? Parse(byte[] json)
    {
        try { return JsonSerializer.Deserialize(json, CacheJson.Default.CacheEntry); }
        catch (JsonException) { return null; } // cut off or altered
    }

    /// <summary>The entry goes first, so that nobody finds one without its archive.</summary>
    private async Task ForgetAsync(CacheKey key, CacheEntry? entry)
    {
        await RemoveAsync(key.PathOf(CacheEntry.Name)).ConfigureAwait(false);
        if (entry is not null) await RemoveAsync(key.PathOf(entry.Archive)).ConfigureAwait(false);
    }

    private async Task RemoveAsync(string path)
    {
        try { await _fileSystem.RemoveAsync(path, CancellationToken.None).ConfigureAwait(false); }
        catch (StorageException) { return; } // gone already, or a cache that cannot be written to
    }
}
