using IdfKit.Storage;

namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>
/// An upload that was begun before its run is over: nobody sees what it is given, and completing it is a request of its own.
/// </summary>
/// <param name="path">Where it goes.</param>
/// <param name="begun">All that were begun in the bucket and not ended.</param>
/// <param name="actor">Whose it is; one that is dead ends nothing.</param>
/// <param name="complete">Completes it.</param>
internal sealed class SteppedUpload(
    string path, List<SteppedUpload> begun, Actor actor, Func<SteppedUpload, CancellationToken, Task<FileEntry>> complete)
    : StorageWriteStream
{
    private readonly MemoryStream _content = new();

    public string Path => path;

    /// <summary>Whether its process has died.</summary>
    public bool IsOrphan => actor.IsDead;

    public bool IsOf(Actor other) => actor == other;

    public long SentBytes => _content.Length;

    public MemoryStream Content => new(_content.ToArray());

    /// <summary>Whether it was ended, so that it cannot be completed.</summary>
    public bool IsGone
    {
        get { lock (begun) return !begun.Contains(this); }
    }

    public SteppedUpload Begin()
    {
        lock (begun) begun.Add(this);
        return this;
    }

    /// <summary>Ends it; false when it was ended before.</summary>
    public bool End()
    {
        lock (begun) return begun.Remove(this);
    }

    protected override void Append(ReadOnlySpan<byte> content) => _content.Write(content);

    protected override FileEntry Commit(CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override Task<FileEntry> CommitAsync(CancellationToken cancellationToken) => complete(this, cancellationToken);

    protected override void Discard()
    {
        if (!actor.IsDead) End();
    }
}
