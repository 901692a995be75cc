using IdfKit.Cli.Places;
using IdfKit.Storage;

namespace IdfKit.Cli.Retry;

/// <summary>Puts a model onto itself, with all that is stored beside it, so that the function is told of it again.</summary>
internal sealed class PutAgain(Place place)
{
    /// <summary>False: the model is no longer there.</summary>
    /// <exception cref="StorageException">It cannot be read or written; PreconditionFailed: somebody put another one meanwhile.</exception>
    public async Task<bool> PutAsync(string key, CancellationToken cancellationToken)
    {
        if (await place.LookAsync(key, cancellationToken) is not { } entry) return false;
        var content = await place.ReadAsync(key, cancellationToken);
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
        await place.Files.WriteAsync(key, stream, options, cancellationToken);
        return true;
    }
}
