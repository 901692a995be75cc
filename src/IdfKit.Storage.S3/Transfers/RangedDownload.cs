namespace IdfKit.Storage.S3.Transfers;

/// <summary>A whole object: one request for its first part, and for the rest as many at a time as the options allow.</summary>
internal sealed class RangedDownload(S3Bucket bucket, string operation, string path)
{
    private readonly RangeReader _reader = new(bucket, operation, path);

    /// <summary>Told the object before its first byte.</summary>
    public required Action<FileEntry> Begin { get; init; }

    /// <summary>Told each chunk, from several threads at once.</summary>
    public required TakeChunk Take { get; init; }

    public async Task<FileEntry> RunAsync(CancellationToken cancellationToken)
    {
        var part = bucket.Options.PartSizeBytes;
        var first = await _reader.CopyAsync(0, part - 1, null, Begin, Take, cancellationToken).ConfigureAwait(false);
        var entry = first.Entry;
        var hashes = new byte[]?[Math.Max(1, checked((int)((entry.SizeBytes + part - 1) / part)))];
        hashes[0] = first.Hash;
        if (hashes.Length > 1) await RestAsync(entry, hashes, cancellationToken).ConfigureAwait(false);
        if (hashes.All(hash => hash is not null) && !ContentCheck.Holds(entry, hashes!))
            throw S3Errors.Altered(operation, path, bucket.Name);
        return entry;
    }

    private async Task RestAsync(FileEntry entry, byte[]?[] hashes, CancellationToken cancellationToken)
    {
        var part = bucket.Options.PartSizeBytes;
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(1, hashes.Length - 1),
                new ParallelOptions { MaxDegreeOfParallelism = bucket.Options.Concurrency, CancellationToken = cancellationToken },
                async (number, token) => hashes[number] = (await _reader.CopyAsync(
                    number * part, ((number + 1) * part) - 1, entry.ETag, null, Take, token).ConfigureAwait(
                        false)).Hash).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
