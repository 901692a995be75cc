namespace IdfKit.Storage.Tests;

/// <summary>Only what has no default body.</summary>
internal sealed class NineOperations(IFileSystem inner) : IFileSystem
{
    public byte[] ReadBytes(string path, CancellationToken cancellationToken = default) => inner.ReadBytes(path, cancellationToken);

    public void WriteBytes(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        inner.WriteBytes(path, content, cancellationToken);

    public bool Exists(string path, CancellationToken cancellationToken = default) => inner.Exists(path, cancellationToken);

    public void MakeDirectories(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        inner.MakeDirectories(path, existOk, cancellationToken);

    public void Copy(string source, string destination, CancellationToken cancellationToken = default) =>
        inner.Copy(source, destination, cancellationToken);

    public IEnumerable<string> Glob(string path, string pattern, CancellationToken cancellationToken = default) =>
        inner.Glob(path, pattern, cancellationToken);

    public void Remove(string path, CancellationToken cancellationToken = default) => inner.Remove(path, cancellationToken);
}

/// <inheritdoc cref="NineOperations"/>
internal sealed class AsyncNineOperations(IAsyncFileSystem inner) : IAsyncFileSystem
{
    public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
        inner.ReadBytesAsync(path, cancellationToken);

    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        inner.WriteBytesAsync(path, content, cancellationToken);

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) => inner.ExistsAsync(path, cancellationToken);

    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        inner.MakeDirectoriesAsync(path, existOk, cancellationToken);

    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        inner.CopyAsync(source, destination, cancellationToken);

    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
        inner.GlobAsync(path, pattern, cancellationToken);

    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => inner.RemoveAsync(path, cancellationToken);
}
