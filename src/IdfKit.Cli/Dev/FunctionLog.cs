namespace IdfKit.Cli.Dev;

/// <summary>The function's own lines, in a file, and the last ones at hand.</summary>
internal sealed class FunctionLog : IAsyncDisposable
{
    private const int Kept = 12;
    private readonly Lock _gate = new();
    private readonly Queue<string> _last = new();
    private readonly StreamWriter _writer;

    public FunctionLog(string path)
    {
        Path = path;
        _writer = new StreamWriter(path, append: false) { AutoFlush = true };
    }

    public string Path { get; }

    public void Write(string line)
    {
        lock (_gate)
        {
            _writer.WriteLine(line);
            _last.Enqueue(line);
            if (_last.Count > Kept) _last.Dequeue();
        }
    }

    public IReadOnlyList<string> LastLines()
    {
        lock (_gate) return [.. _last];
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
