namespace IdfKit.Storage.S3;

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
        var (entry, _) = await _reader.CopyAsync(0, part - 1, null, Begin, Take, cancellationToken).ConfigureAwait(false);
        if (entry.SizeBytes <= part) return entry;
        var starts = Enumerable.Range(1, checked((int)((entry.SizeBytes - 1) / part))).Select(number => number * part);
        try
        {
            await Parallel.ForEachAsync(
                starts,
                new ParallelOptions { MaxDegreeOfParallelism = bucket.Options.Concurrency, CancellationToken = cancellationToken },
                async (start, token) => await _reader.CopyAsync(start, start + part - 1, entry.ETag, null, Take, token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        return entry;
    }
}
