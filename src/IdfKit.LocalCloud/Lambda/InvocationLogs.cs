using System.Globalization;
using System.Text;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>The last lines of the last invocations, for callers who ask for the tail of the log (LogType=Tail).</summary>
internal sealed class InvocationLogs(TimeProvider time)
{
    private const int TailBytes = 4 * 1024; // what Lambda gives
    private const int Kept = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Tail> _tails = new(StringComparer.Ordinal);
    private readonly Dictionary<object, string> _current = [];
    private readonly Queue<string> _order = new();

    public void Begins(object process, string requestId)
    {
        lock (_gate)
        {
            _current[process] = requestId;
            if (_tails.TryAdd(requestId, new Tail())) _order.Enqueue(requestId);
            if (_order.Count > Kept) _tails.Remove(_order.Dequeue());
        }
    }

    public void Wrote(object process, string line)
    {
        lock (_gate)
            if (_current.TryGetValue(process, out var id) && _tails.TryGetValue(id, out var tail)) tail.Add(line);
    }

    public void Ended(string requestId, TimeSpan duration)
    {
        lock (_gate)
            if (_tails.TryGetValue(requestId, out var tail)) tail.Duration = duration;
    }

    /// <summary>The last 4 KB in Base64, as Lambda writes them. What the function wrote last may still be on its way to here.</summary>
    public async Task<string> TailAsync(string requestId, CancellationToken cancellationToken)
    {
        for (var (tries, seen) = (0, -1); tries < 10 && seen != CountOf(requestId); tries++)
        {
            seen = CountOf(requestId);
            await Task.Delay(Pause, time, cancellationToken);
        }
        byte[] text;
        lock (_gate) text = Encoding.UTF8.GetBytes(TextOf(requestId, _tails.GetValueOrDefault(requestId) ?? new Tail()));
        return Convert.ToBase64String(text.AsSpan(Math.Max(0, text.Length - TailBytes)));
    }

    private int CountOf(string requestId)
    {
        lock (_gate) return _tails.GetValueOrDefault(requestId)?.Count ?? 0;
    }

    private static string TextOf(string id, Tail tail)
    {
        var milliseconds = tail.Duration.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture);
        var billed = Math.Ceiling(tail.Duration.TotalMilliseconds).ToString("0", CultureInfo.InvariantCulture);
        return $"START RequestId: {id} Version: $LATEST\n{string.Concat(tail.Lines.Select(line => line + "\n"))}END RequestId: {id}\n"
            + $"REPORT RequestId: {id}\tDuration: {milliseconds} ms\tBilled Duration: {billed} ms\t\n";
    }

    private sealed class Tail
    {
        private int _bytes;

        public Queue<string> Lines { get; } = new();

        public int Count { get; private set; }

        public TimeSpan Duration { get; set; }

        public void Add(string line)
        {
            Count++;
            Lines.Enqueue(line);
            _bytes += line.Length + 1;
            while (_bytes > TailBytes && Lines.Count > 1) _bytes -= Lines.Dequeue().Length + 1;
        }
    }
}
