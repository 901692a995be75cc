using System.Runtime.ExceptionServices;
using System.Text;

using IdfKit.Engine.Children;

namespace IdfKit.Engine.Running;

/// <summary>What a run prints: the end of it is kept, its lines become progress.</summary>
internal sealed class RunOutput(ProgressReader? progress, Action stop)
{
    private const int LongestLine = 4096;

    private readonly OutputTail _tail = new();
    private readonly StringBuilder _line = new();

    /// <summary>What the caller's progress handler threw; the run is stopped then.</summary>
    public ExceptionDispatchInfo? HandlerFailure { get; private set; }

    /// <summary>The last few kilobytes.</summary>
    public string Tail => _tail.ToString();

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _tail.Append(bytes);
        if (progress is null || HandlerFailure is not null) return;
        try
        {
            ReadLines(bytes, progress);
        }
        catch (Exception e)
        {
            // This thread is the child's and must go on; the caller's own exception goes to the caller.
            HandlerFailure = ExceptionDispatchInfo.Capture(e);
            stop();
        }
    }

    private void ReadLines(ReadOnlySpan<byte> bytes, ProgressReader reader)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Extend(bytes[..end]);
            reader.Read(_line.ToString());
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
