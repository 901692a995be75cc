namespace IdfKit.LocalCloud.Bucket;

/// <summary>Serialises the short moments in which a key's file and record change together. Keys share a fixed number
/// of locks, so memory does not grow with the bucket.</summary>
internal sealed class KeyLocks
{
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    public async Task<Release> EnterAsync(string key, CancellationToken cancellationToken)
    {
        var held = _locks[(uint)string.GetHashCode(key, StringComparison.Ordinal) % _locks.Length];
        await held.WaitAsync(cancellationToken);
        return new Release(held);
    }

    internal readonly struct Release(SemaphoreSlim held) : IDisposable
    {
        public void Dispose() => held.Release();
    }
}
