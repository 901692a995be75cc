using System.Text;

namespace FaultProxies;

/// <summary>Reads heads and bodies off a connection without taking more than belongs to them.</summary>
internal sealed class HttpReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Null when the other side closed between messages.</summary>
    public async Task<HttpHead?> ReadHeadAsync(CancellationToken token)
    {
        var scanned = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf("\r\n\r\n"u8);
            if (at >= 0)
            {
                var length = scanned + at + 4;
                var head = Encoding.Latin1.GetString(_buffer, _start, length);
                _start += length;
                return new HttpHead(head);
            }
            scanned = Math.Max(0, _end - _start - 3);
            if (!await FillAsync(token)) return null;
        }
    }

    /// <summary>Copies a body of known length, or up to the end of the connection.</summary>
    public async Task CopyAsync(long? length, Func<ReadOnlyMemory<byte>, Task> write, CancellationToken token)
    {
        for (var left = length ?? long.MaxValue; left > 0;)
        {
            if (_start == _end && !await FillAsync(token))
            {
                if (length is null) return;
                throw new EndOfStreamException();
            }
            var count = (int)Math.Min(left, _end - _start);
            var chunk = _buffer.AsMemory(_start, count);
            await write(chunk);
            _start += count;
            left -= count;
        }
    }

    /// <summary>Copies a chunked body with its framing.</summary>
    public async Task CopyChunkedAsync(Func<ReadOnlyMemory<byte>, Task> write, CancellationToken token)
    {
        while (true)
        {
            var line = await ReadLineAsync(token);
            await write(Encoding.Latin1.GetBytes(line));
            var size = Convert.ToInt64(line.Split(';')[0].Trim(), 16);
            await CopyAsync(size == 0 ? 2 : size + 2, write, token);
            if (size == 0) return;
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken token)
    {
        var line = new StringBuilder();
        while (line.Length < 2 || line[^1] != '\n')
            await CopyAsync(1, chunk => { line.Append((char)chunk.Span[0]); return Task.CompletedTask; }, token);
        return line.ToString();
    }

    private async Task<bool> FillAsync(CancellationToken token)
    {
        if (_start == _end) (_start, _end) = (0, 0);
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) throw new InvalidDataException("a head longer than the buffer");
        var count = await stream.ReadAsync(_buffer.AsMemory(_end), token);
        _end += count;
        return count > 0;
    }
}
