using IdfKit.Storage;

namespace IdfKit.Simulation.Results;

/// <summary>
/// A copy of a result on local disk, for what cannot be read from a stream; gone when disposed, or when nobody refers
/// to it any more.
/// </summary>
internal sealed class LocalCopy : IDisposable
{
    private readonly FileStream _held;

    private LocalCopy(string path) => _held = new FileStream(path, new FileStreamOptions
    {
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.DeleteOnClose,
    });

    public string Path => _held.Name;

    public static async Task<LocalCopy> DownloadAsync(IAsyncFileSystem fileSystem, string path, CancellationToken cancellationToken)
    {
        var local = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "idfkit-result-" + Guid.NewGuid().ToString("N"));
        await fileSystem.DownloadAsync(path, local, progress: null, cancellationToken).ConfigureAwait(false);
        return new(local);
    }

    public void Dispose() => _held.Dispose();
}
