using Amazon.S3.Model;

namespace IdfKit.Storage.S3.Transfers;

internal sealed partial class S3Upload
{
    /// <summary>Copies an object inside the server by parts.</summary>
    public async Task CopyAsync(string sourceKey, FileEntry source, CancellationToken cancellationToken)
    {
        var size = PartSize(source.SizeBytes);
        _mark = WriteMark.New(size);
        var tags = Tags ?? await TagsOfAsync(sourceKey, cancellationToken).ConfigureAwait(false);
        await CompleteAsync(new(source.ContentType, source.ContentEncoding), tags, async (id, token) =>
        {
            var etags = new PartETag[(int)((source.SizeBytes + size - 1) / size)];
            await Parallel.ForEachAsync(
                Enumerable.Range(0, etags.Length),
                new ParallelOptions { MaxDegreeOfParallelism = bucket.Options.Concurrency, CancellationToken = token },
                async (index, stop) =>
                {
                    var request = new CopyPartRequest
                    {
                        SourceBucket = bucket.Name, SourceKey = sourceKey, DestinationBucket = bucket.Name,
                        DestinationKey = _key, UploadId = id, PartNumber = index + 1,
                        FirstByte = index * size,
                        LastByte = Math.Min((index + 1) * size, source.SizeBytes) - 1, ETagToMatch = [source.ETag!],
                    };
                    var answer = await bucket.CallAsync(
                        operation, path, (s3, stopped) => s3.CopyPartAsync(request, stopped), stop).ConfigureAwait(false);
                    etags[index] = new PartETag(index + 1, answer.ETag);
                }).ConfigureAwait(false);
            return ([.. etags], source.SizeBytes);
        }, cancellationToken).ConfigureAwait(false);
    }
}
