using System.Globalization;

namespace IdfKit.Cli.Dev;

/// <summary>The function's own lines, in a file, and the last ones at hand. The files of the sessions before are kept beside it.</summary>
internal sealed class FunctionLog : IAsyncDisposable
{
    private const int Kept = 12;
    private const int SessionsKept = 9;
    private readonly Lock _gate = new();
    private readonly Queue<string> _last = new();
    private readonly StreamWriter _writer;

    public FunctionLog(string path)
    {
        Path = path;
        MoveEarlier(path);
        _writer = new StreamWriter(path, append: false) { AutoFlush = true };
    }

    public string Path { get; }

    public void Write(string line)
    {
        lock (_gate)
        {
            _last.Enqueue(line);
            if (_last.Count > Kept) _last.Dequeue();
            try
            {
                _writer.WriteLine(line);
            }
            // A full disk: the function must not wait for room in its pipe because of that.
            catch (IOException) { return; }
        }
    }

    public IReadOnlyList<string> LastLines()
    {
        lock (_gate) return [.. _last];
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _writer.DisposeAsync();
        }
        // What could not be written before cannot be now.
        catch (IOException) { return; }
    }

    /// <summary><c>function.log</c> becomes <c>function.1.log</c>, that one <c>function.2.log</c>, and the oldest goes.</summary>
    private static void MoveEarlier(string path)
    {
        for (var number = SessionsKept - 1; number >= 0; number--)
            if (File.Exists(Numbered(path, number))) File.Move(Numbered(path, number), Numbered(path, number + 1), overwrite: true);
    }

    private static string Numbered(string path, int number) => number == 0
        ? path
        : System.IO.Path.ChangeExtension(path, number.ToString(CultureInfo.InvariantCulture) + System.IO.Path.GetExtension(path));
}
