using System.Buffers;

namespace IdfKit.Runs.Preflight;

/// <summary>
/// The lines of a weather file as EnergyPlus reads them: each ends with LF, before which one CR is left out. A very long one is
/// cut.
/// </summary>
internal sealed class WeatherLines : IDisposable
{
    private const int LongestLine = 64 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(LongestLine);
    private int _start;
    private int _end;
    private bool _hasEnded;

    public WeatherLines(string path) => _stream = new FileStream(path, new FileStreamOptions { BufferSize = 0 });

    /// <summary>Lines read so far.</summary>
    public int Count { get; private set; }

    /// <summary>The next line, valid until the next call; false at the end of the file.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        line = default;
        var searched = _start;
        while (true)
        {
            var found = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (found >= 0) return Take(searched + found, 1, out line);
            searched = _end;
            if (_hasEnded) return _end > _start && Take(_end, 0, out line);
            if (_start == 0 && _end == _buffer.Length) return TakeCut(out line);
            searched -= _start;
            Fill();
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private bool Take(int end, int lineEnd, out ReadOnlySpan<byte> line)
    {
        line = _buffer.AsSpan(_start, end - _start);
        if (line is [.., (byte)'\r']) line = line[..^1];
        _start = end + lineEnd;
        Count++;
        return true;
    }

    /// <summary>Gives the beginning of a line that does not fit, and passes over its rest.</summary>
    private bool TakeCut(out ReadOnlySpan<byte> line)
    {
        line = _buffer.ToArray();
        Count++;
        for (_start = _end; _start == _end && !_hasEnded;)
        {
            _end = _stream.Read(_buffer);
            _hasEnded = _end == 0;
            var found = _buffer.AsSpan(0, _end).IndexOf((byte)'\n');
            _start = found < 0 ? _end : found + 1;
            if (found >= 0) break;
        }
        return true;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var count = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        _hasEnded = count == 0;
    }
}
