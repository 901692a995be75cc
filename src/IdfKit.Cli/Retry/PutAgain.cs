using IdfKit.Cli.Places;
using IdfKit.Storage;

namespace IdfKit.Cli.Retry;

/// <summary>Puts a model onto itself, with all that is stored beside it, so that the function is told of it again.</summary>
internal sealed class PutAgain(Place place)
{
    /// <summary>False: the model is no longer there.</summary>
    /// <param name="entry">What is known of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">It cannot be read or written; PreconditionFailed: somebody put another one meanwhile.</exception>
    public async Task<bool> PutAsync(FileEntry entry, CancellationToken cancellationToken)
    {
        var content = await place.ReadAsync(entry.Path, cancellationToken);
        if (content is null) return false;
        var kept = place.Files.Capabilities;
        var options = new WriteOptions
        {
            IfMatch = kept.HasFlag(StorageCapabilities.Conditions) ? entry.ETag : null,
            ContentType = kept.HasFlag(StorageCapabilities.ContentType) ? entry.ContentType : null,
            ContentEncoding = kept.HasFlag(StorageCapabilities.ContentEncoding) ? entry.ContentEncoding : null,
            Metadata = entry.Metadata,
        };
        using var stream = new MemoryStream(content, writable: false);
        await place.Files.WriteAsync(entry.Path, stream, options, cancellationToken);
        return true;
    }
}
