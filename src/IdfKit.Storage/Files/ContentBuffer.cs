using System.Buffers;

namespace IdfKit.Storage.Files;

/// <summary>The whole of a caller's stream in memory, for back ends that take whole contents.</summary>
internal static class ContentBuffer
{
    private const int ChunkBytes = 80 * 1024;

    public static MemoryStream Fill(Stream content, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var (source, buffer) = (CallerContent.Of(content, blocks: true, cancellationToken), new MemoryStream());
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (int count; (count = source.Read(chunk, 0, chunk.Length)) > 0; progress?.Report(buffer.Length))
            {
                cancellationToken.ThrowIfCancellationRequested();
                buffer.Write(chunk, 0, count);
            }
            return buffer;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    public static async Task<MemoryStream> FillAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new MemoryStream();
        await CallerContent.Of(content, blocks: false, cancellationToken).CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        return buffer;
    }
}
