namespace IdfKit.Storage.S3.Transfers;

/// <summary>
/// Several ranges of one object. Those that overlap or lie closer than a request is worth are fetched as one block, and
/// blocks travel in parts of the part size, as many at a time as the options allow.
/// </summary>
internal sealed class ManyRanges(S3Bucket bucket, string operation, string path)
{
    // What travels in the time that a request takes to be answered.
    private const int CloseBytes = 64 * 1024;

    // No server stores more in one; beyond it nothing need be asked.
    private const long LargestObject = 1L << 60;

    private readonly RangeReader _reader = new(bucket, operation, path);

    /// <summary>One piece for each range, in the order asked.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken)
    {
        // Where much is asked, how much there is comes first: room is made for no more.
        var wanted = ranges.Sum(static range => (long)range.Count);
        var known = wanted == 0 || wanted > bucket.Options.PartSizeBytes ? await HeadAsync(cancellationToken).ConfigureAwait(false) : null;
        var blocks = Blocks(ranges, known?.SizeBytes ?? LargestObject);
        if (blocks.Count == 0)
        {
            if (known is null) await HeadAsync(cancellationToken).ConfigureAwait(false);
            return [.. ranges.Select(static _ => ReadOnlyMemory<byte>.Empty)];
        }
        var parts = blocks.SelectMany(Parts).ToList();
        var first = parts[0];
        var entry = (await _reader.FillAsync(first.Offset, first.Destination, known?.ETag, cancellationToken).ConfigureAwait(false)).Entry;
        try
        {
            await Parallel.ForEachAsync(
                parts.Skip(1).Where(part => part.Offset < entry.SizeBytes),
                new ParallelOptions { MaxDegreeOfParallelism = bucket.Options.Concurrency, CancellationToken = cancellationToken },
                async (part, token) =>
                    await _reader.FillAsync(part.Offset, part.Destination, entry.ETag, token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        return [.. ranges.Select(range => PieceOf(range, blocks, entry.SizeBytes))];
    }

    private Task<FileEntry> HeadAsync(CancellationToken cancellationToken) =>
        bucket.HeadAsync(operation, path, bucket.Key(path, operation), cancellationToken);

    private static List<Block> Blocks(IReadOnlyList<FileRange> ranges, long sizeBytes)
    {
        var blocks = new List<Block>();
        var (start, end) = (0L, -1L);
        foreach (var range in ranges.Where(range => range.Count > 0 && range.Offset < sizeBytes).OrderBy(range => range.Offset))
        {
            var rangeEnd = Math.Min(range.Offset + range.Count, sizeBytes);
            if (end >= 0 && range.Offset - end <= CloseBytes && Math.Max(end, rangeEnd) - start <= Array.MaxLength)
            {
                end = Math.Max(end, rangeEnd);
                continue;
            }
            if (end >= 0) blocks.Add(new Block(start, end));
            (start, end) = (range.Offset, rangeEnd);
        }
        if (end >= 0) blocks.Add(new Block(start, end));
        return blocks;
    }

    private IEnumerable<(long Offset, Memory<byte> Destination)> Parts(Block block)
    {
        var part = (int)bucket.Options.PartSizeBytes;
        for (var at = 0; at < block.Content.Length; at += part)
            yield return (block.Start + at, block.Content.AsMemory(at, Math.Min(part, block.Content.Length - at)));
    }

    private static ReadOnlyMemory<byte> PieceOf(FileRange range, List<Block> blocks, long sizeBytes)
    {
        var count = (int)Math.Min(range.Count, Math.Max(0, sizeBytes - range.Offset));
        if (count == 0) return default;
        var block = blocks.Last(block => block.Start <= range.Offset && range.Offset < block.Start + block.Content.Length);
        return block.Content.AsMemory((int)(range.Offset - block.Start), count);
    }

    private sealed class Block(long start, long end)
    {
        public long Start { get; } = start;

        public byte[] Content { get; } = GC.AllocateUninitializedArray<byte>((int)(end - start));
    }
}
