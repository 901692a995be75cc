using IdfKit.LocalCloud.Bucket;
using IdfKit.LocalCloud.Hosting;
using IdfKit.LocalCloud.Notifications;

namespace IdfKit.LocalCloud;

/// <summary>A folder served as an S3 bucket on 127.0.0.1. Its objects are the folder's plain files: what is put over S3
/// appears there, what is dropped there by hand is an object.</summary>
public sealed class LocalBucketServer : IAsyncDisposable
{
    private readonly LocalBucketOptions _options;
    private readonly BucketFolder _folder;
    private readonly DroppedFiles _dropped;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Lock _gate = new();
    private LoopbackServer? _server;
    private volatile BucketNotification[] _notifications = [];
    private int _disposed;

    private LocalBucketServer(LocalBucketOptions options)
    {
        _options = options;
        _folder = new BucketFolder(options.Directory, _time);
        _dropped = new DroppedFiles(_folder, WatchedPrefixes, key => AnnounceAsync(key), _time);
        _dropped.Unreadable = (key, why) => FileUnreadable?.Invoke(this, new UnreadableFile(key, why));
        _folder.Placing = _dropped.Expect;
        _folder.Written = Announce;
    }

    /// <summary>Raised after every write over S3, and for files dropped by hand under a notification's prefix. Must not
    /// block; called from several threads.</summary>
    public event EventHandler<ObjectWrite>? ObjectWritten;

    /// <summary>Raised once for each file that was dropped by hand and cannot be read; it is told of when it can be.</summary>
    public event EventHandler<UnreadableFile>? FileUnreadable;

    /// <summary>Where the S3 protocol is spoken: <c>http://127.0.0.1:PORT/</c>, path style or virtual host.</summary>
    public Uri Endpoint => _server!.Endpoint;

    /// <summary>The bucket's name.</summary>
    public string BucketName => _options.BucketName;

    /// <summary>The folder, as a full path.</summary>
    public string Directory => _folder.Root;

    /// <summary>What the server has done with the folder.</summary>
    internal FolderWork Work => _folder.Work;

    /// <summary>Of how many files the server knows that they are no news.</summary>
    internal int Known => _dropped.Known;

    /// <summary>A running server. The folder is created when absent.</summary>
    /// <exception cref="IOException">The port is taken, the folder cannot be made, or it is being served already.</exception>
    public static async Task<LocalBucketServer> StartAsync(LocalBucketOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var bucket = new LocalBucketServer(options);
        try
        {
            var api = new S3Api(bucket._folder, options, bucket._time);
            bucket._server = await LoopbackServer.StartAsync(options.Port, api.HandleAsync, cancellationToken);
            return bucket;
        }
        catch
        {
            await bucket.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether a server on this machine serves the folder now; false where none ever did.</summary>
    public static bool IsServed(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return FolderLock.IsTaken(Path.Combine(directory, ObjectKey.HiddenFolder));
    }

    /// <summary>From now on sends put events to the notification's target. Objects that are there already are not news.</summary>
    public void Notify(BucketNotification notification)
    {
        ArgumentNullException.ThrowIfNull(notification);
        lock (_gate) _notifications = [.. _notifications, notification];
        _dropped.PassOverPut(notification.Prefix);
    }

    /// <summary>Sends the put event of an object that is there already, as if it had just been written.</summary>
    /// <returns>False when there is no such object.</returns>
    public async Task<bool> AnnounceAsync(string key, CancellationToken cancellationToken = default)
    {
        if (await _folder.FindAsync(key, cancellationToken) is not { } found) return false;
        Announce(new ObjectWrite(key, found.Path, found.Size, found.ETag, "ObjectCreated:Put", _folder.NextSequencer()));
        return true;
    }

    /// <summary>Files under a notification's prefix that came by hand and may still grow; their events are to come.</summary>
    public int Unsettled => _dropped.Unsettled;

    /// <summary>
    /// Makes a file that is there already news: its put event is sent as soon as the file is whole, if a notification covers it. Nothing
    /// happens where there is no such file, or it is to be announced anyway.
    /// </summary>
    public void TakeAsNew(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _dropped.TakeAsNew(key);
    }

    /// <summary>Closes the port and stops watching. The files stay.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        if (_server is not null) await _server.DisposeAsync();
        await _dropped.DisposeAsync();
        _folder.Dispose();
    }

    private string[] WatchedPrefixes() => [.. _notifications.Select(notification => notification.Prefix).Distinct()];

    private void Announce(ObjectWrite write)
    {
        ObjectWritten?.Invoke(this, write);
        string? document = null;
        foreach (var notification in _notifications)
            if (notification.Covers(write.Key))
                notification.Target(document ??= S3Event.Create(write, BucketName, _options.Region, _time.GetUtcNow()));
    }
}
