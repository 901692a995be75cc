using System.Globalization;
using System.Text;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>The content inside an aws-chunked body, and the trailing headers after it. Chunk signatures are skipped
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html).</summary>
internal sealed class AwsChunkedStream(Stream inner) : BodyStream
{
    private const int MaxLineBytes = 16 * 1024;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _leftInChunk;
    private bool _isFirst = true;
    private bool _isOver;

    /// <summary>Complete once the stream has been read to its end.</summary>
    public Dictionary<string, string> Trailers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isOver || buffer.Length == 0) return 0;
        if (_leftInChunk == 0)
        {
            _leftInChunk = await ReadChunkHeaderAsync(cancellationToken);
            if (_leftInChunk == 0)
            {
                await ReadTrailersAsync(cancellationToken);
                _isOver = true;
                return 0;
            }
        }
        if (_start == _end) await FillAsync(cancellationToken);
        var count = (int)Math.Min(Math.Min(buffer.Length, _end - _start), _leftInChunk);
        _buffer.AsMemory(_start, count).CopyTo(buffer);
        _start += count;
        _leftInChunk -= count;
        return count;
    }

    private async Task<long> ReadChunkHeaderAsync(CancellationToken cancellationToken)
    {
        if (!_isFirst && await ReadLineAsync(cancellationToken) is not "") throw Malformed();
        _isFirst = false;
        var size = (await ReadLineAsync(cancellationToken)).Split(';')[0];
        return long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bytes) && bytes >= 0
            ? bytes
            : throw Malformed();
    }

    private async Task ReadTrailersAsync(CancellationToken cancellationToken)
    {
        while (_start < _end || await TryFillAsync(cancellationToken))
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line.Length == 0) continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) throw Malformed();
            Trailers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end) await FillAsync(cancellationToken);
            var value = _buffer[_start++];
            if (value == '\n') return line.ToString().TrimEnd('\r');
            if (line.Append((char)value).Length > MaxLineBytes) throw Malformed();
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (!await TryFillAsync(cancellationToken))
            throw new S3Exception(400, "IncompleteBody", "The aws-chunked body ended before its last chunk.");
    }

    private async Task<bool> TryFillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await inner.ReadAsync(_buffer, cancellationToken);
        return _end > 0;
    }

    private static S3Exception Malformed() => S3Exception.InvalidRequest("The aws-chunked body is malformed.");
}
