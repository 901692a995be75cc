using System.Security.Cryptography;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>The folder as a bucket: keys are paths of files, writes are whole or absent.</summary>
internal sealed partial class BucketFolder : IDisposable
{
    private static readonly Dictionary<string, string> NoHeaders = [];
    private readonly KeyLocks _locks = new();
    private readonly KnownETags _etags = new();
    private readonly TimeProvider _time;
    private readonly FileStream _ownership;
    private readonly WriteOrder _order;

    public BucketFolder(string folder, TimeProvider time)
    {
        Root = Path.GetFullPath(folder);
        Hidden = Path.Combine(Root, ObjectKey.HiddenFolder);
        Temporary = Path.Combine(Hidden, "tmp");
        HiddenLinks.Refuse(Hidden);
        Directory.CreateDirectory(Hidden);
        _ownership = FolderLock.Take(Root, Hidden);
        _order = new WriteOrder(Path.Combine(Hidden, "sequencer"), time);
        _time = time;
        if (Directory.Exists(Temporary)) Directory.Delete(Temporary, recursive: true);
        Directory.CreateDirectory(Temporary);
    }

    public string Root { get; }

    public string Hidden { get; }

    /// <summary>For content on its way in; on the same disk, so that it can be renamed into place.</summary>
    public string Temporary { get; }

    /// <summary>What has been done with it.</summary>
    public FolderWork Work { get; } = new();

    /// <summary>Told of every write over S3: before the file is in its place (the later scan must not take it for a
    /// file dropped by hand) and after.</summary>
    public Action<string, FileInfo>? Placing { get; set; }

    /// <inheritdoc cref="Placing"/>
    public Action<ObjectWrite>? Written { get; set; }

    public string NewTemporaryPath() => Path.Combine(Temporary, Guid.NewGuid().ToString("N"));

    /// <summary>Null when there is no such object.</summary>
    public async Task<StoredObject?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (!ObjectKey.TryParse(key, out var parsed)) return null;
        using (await _locks.EnterAsync(key, cancellationToken)) return await LookAsync(parsed, cancellationToken);
    }

    /// <summary>The object and its content, which stays the same while it is read.</summary>
    public async Task<(StoredObject Object, Stream Content)?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        if (!ObjectKey.TryParse(key, out var parsed)) return null;
        using (await _locks.EnterAsync(key, cancellationToken))
        {
            if (await LookAsync(parsed, cancellationToken) is not { } found) return null;
            if (parsed.IsFolderMarker) return (found, Stream.Null);
            var stream = new FileStream(
                found.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
            return (found, stream);
        }
    }

    /// <summary>Puts staged content in its place when the conditions hold.</summary>
    public async Task<StoredObject> CommitAsync(
        string key, StagedContent content, IReadOnlyDictionary<string, string> headers,
        WriteConditions conditions, string eventName, CancellationToken cancellationToken)
    {
        var parsed = ObjectKey.Parse(key);
        if (parsed.IsFolderMarker && content.Size > 0)
            throw S3Exception.InvalidArgument($"'{key}' ends in a slash and so is a folder of this local bucket; it cannot have content.");
        ObjectWrite write;
        StoredObject stored;
        using (await _locks.EnterAsync(key, cancellationToken))
        {
            conditions.Check(key, await LookAsync(parsed, cancellationToken));
            stored = Place(parsed, content, headers);
            write = new ObjectWrite(key, stored.Path, stored.Size, stored.ETag, eventName, NextSequencer());
        }
        Written?.Invoke(write);
        return stored;
    }

    /// <summary>Changes what is kept beside an object; its content and its time stay.</summary>
    public async Task ChangeHeadersAsync(
        string key, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change,
        CancellationToken cancellationToken)
    {
        if (!ObjectKey.TryParse(key, out var parsed)) throw S3Exception.NoSuchKey(key);
        using (await _locks.EnterAsync(key, cancellationToken))
        {
            var found = await LookAsync(parsed, cancellationToken) ?? throw S3Exception.NoSuchKey(key);
            var record = new ObjectRecord
            {
                Key = key, ETag = found.ETag, Size = found.Size, ModifiedTicks = found.Modified.Ticks,
                Headers = change(found.Headers), PartSizes = found.PartSizes,
            };
            record.Write(Hidden);
        }
    }

    public async Task DeleteAsync(string key, WriteConditions conditions, CancellationToken cancellationToken)
    {
        if (!ObjectKey.TryParse(key, out var parsed)) return;
        using (await _locks.EnterAsync(key, cancellationToken))
        {
            var present = await LookAsync(parsed, cancellationToken);
            conditions.Check(key, present);
            if (present is null) return;
            if (parsed.IsFolderMarker) TryRemoveEmptyFolder(present.Path);
            else File.Delete(present.Path);
            ObjectRecord.Remove(ObjectRecord.PathOf(Hidden, key));
            _etags.Forget(key);
        }
    }

    /// <summary>Rises with every call, also over restarts, so that it orders the writes of a key.</summary>
    public string NextSequencer() => _order.Next();

    public void Dispose()
    {
        if (Directory.Exists(Temporary)) Directory.Delete(Temporary, recursive: true); // all may have been removed meanwhile
        _ownership.Dispose();
    }

    private async Task<StoredObject?> LookAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var path = key.PathIn(Root);
        var recordPath = ObjectRecord.PathOf(Hidden, key.Value);
        if (key.IsFolderMarker)
        {
            return Directory.Exists(path) && ObjectRecord.Read(recordPath) is { } marker
                ? new StoredObject(
                    key.Value, path, 0, new DateTime(marker.ModifiedTicks, DateTimeKind.Utc), marker.ETag, marker.Headers, [])
                : null;
        }
        var seen = _time.GetUtcNow();
        if (StateOf(path) is not { } state) return null;
        if (ObjectRecord.Read(recordPath) is { } record && record.Size == state.Size && record.ModifiedTicks == state.Modified.Ticks)
        {
            _etags.Add(key.Value, state, seen, record.ETag);
            return new StoredObject(key.Value, path, state.Size, state.Modified, record.ETag, record.Headers, record.PartSizes);
        }
        if (_etags.Find(key.Value, state) is not { } etag)
        {
            Work.Reading();
            etag = await HashAsync(path, cancellationToken);
            _etags.Add(key.Value, state, seen, etag);
        }
        return new StoredObject(key.Value, path, state.Size, state.Modified, etag, NoHeaders, []);
    }

    private StoredObject Place(ObjectKey key, StagedContent content, IReadOnlyDictionary<string, string> headers)
    {
        if (!Directory.Exists(Root)) throw new S3Exception(404, "NoSuchBucket", $"The folder of this local bucket is gone: {Root}.");
        var path = key.PathIn(Root);
        var staged = new FileInfo(content.Path);
        var record = new ObjectRecord
        {
            Key = key.Value,
            ETag = content.ETag,
            Size = content.Size,
            ModifiedTicks = staged.LastWriteTimeUtc.Ticks,
            Headers = headers.Concat(content.ChecksumHeaders).ToDictionary(StringComparer.OrdinalIgnoreCase),
            PartSizes = content.PartSizes,
        };
        try
        {
            if (key.IsFolderMarker)
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                if (Directory.Exists(path) && !TryRemoveEmptyFolder(path))
                    throw S3Exception.InvalidArgument($"'{key}' cannot be a file of this local bucket: it is a folder with objects in it.");
                Placing?.Invoke(key.Value, staged);
                File.Move(content.Path, path, overwrite: true);
            }
        }
        catch (IOException e) when (ObjectAbove(key) is { } above)
        {
            throw new S3Exception(400, "InvalidArgument",
                $"'{key}' cannot be a file of this local bucket: '{above}' is an object. ({e.Message})");
        }
        record.Write(Hidden);
        return new StoredObject(
            key.Value, path, record.Size,
            new DateTime(record.ModifiedTicks, DateTimeKind.Utc), record.ETag, record.Headers, record.PartSizes);
    }

    /// <summary>The object that stands where the key needs a folder.</summary>
    private string? ObjectAbove(ObjectKey key)
    {
        for (var end = key.Value.IndexOf('/', StringComparison.Ordinal); end >= 0; end = key.Value.IndexOf('/', end + 1))
            if (File.Exists(Path.Combine(Root, key.Value[..end]))) return key.Value[..end];
        return key.IsFolderMarker && File.Exists(key.PathIn(Root)) ? key.Value[..^1] : null;
    }

    /// <summary>Removes a folder that holds no file at any depth, as it would not exist in S3.</summary>
    private static bool TryRemoveEmptyFolder(string path)
    {
        if (Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Any()) return false;
        Directory.Delete(path, recursive: true);
        return true;
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
#pragma warning disable CA5351 // S3's ETag is an MD5 by definition.
        return Convert.ToHexStringLower(await MD5.HashDataAsync(stream, cancellationToken));
#pragma warning restore CA5351
    }
}
