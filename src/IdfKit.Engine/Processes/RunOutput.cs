using System.Text;

namespace IdfKit.Engine;

/// <summary>What a run prints: the end of it is kept, its lines become progress.</summary>
internal sealed class RunOutput(ProgressReader? progress)
{
    private const int TailBytes = 8192;
    private const int LongestLine = 4096;

    private readonly byte[] _tail = new byte[TailBytes];
    private readonly StringBuilder _line = new();
    private long _total;

    /// <summary>The last few kilobytes, from the start of a line where possible.</summary>
    public string Tail
    {
        get
        {
            lock (_tail)
            {
                var length = (int)Math.Min(_total, TailBytes);
                var start = (int)((_total - length) % TailBytes);
                var text = Encoding.UTF8.GetString([.. _tail.AsSpan(start, Math.Min(length, TailBytes - start)), .. _tail.AsSpan(0, Math.Max(0, length - (TailBytes - start)))]);
                return _total > TailBytes && text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? text[(end + 1)..] : text;
            }
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_tail)
        {
            foreach (var value in bytes.Length > TailBytes ? bytes[^TailBytes..] : bytes) _tail[_total++ % TailBytes] = value;
        }
        if (progress is not null) ReadLines(bytes);
    }

    private void ReadLines(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Extend(bytes[..end]);
            progress!.Read(_line.ToString());
            _line.Clear();
            bytes = bytes[(end + 1)..];
        }
        Extend(bytes);
    }

    /// <summary>Of a line that never ends, only the start is kept.</summary>
    private void Extend(ReadOnlySpan<byte> bytes)
    {
        var room = Math.Min(bytes.Length, LongestLine - _line.Length);
        if (room > 0) _line.Append(Encoding.UTF8.GetString(bytes[..room]));
    }
}
