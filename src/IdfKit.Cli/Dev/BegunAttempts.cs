namespace IdfKit.Cli.Dev;

/// <summary>
/// The request ids under which the function of this folder has begun to work, kept in a file: whatever became of this process, the next
/// one knows whose claims are dead.
/// </summary>
internal sealed class BegunAttempts : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly HashSet<string> _ids;
    private StreamWriter? _writer;

    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public BegunAttempts(string path)
    {
        _path = path;
        _ids = File.Exists(path) ? new(File.ReadAllLines(path), StringComparer.Ordinal) : new(StringComparer.Ordinal);
    }

    /// <summary>Those of earlier sessions, and of this one, that have not been forgotten.</summary>
    public IReadOnlySet<string> Ids
    {
        get { lock (_gate) return new HashSet<string>(_ids, StringComparer.Ordinal); }
    }

    public void Add(string id)
    {
        lock (_gate)
        {
            if (!_ids.Add(id)) return;
            try
            {
                _writer ??= new StreamWriter(_path, append: true) { AutoFlush = true };
                _writer.WriteLine(id);
            }
            // A full disk: then its claim is waited for, should this process be killed.
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return; }
        }
    }

    /// <summary>None of them holds a claim any more.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _writer?.Dispose();
            _writer = null;
            _ids.Clear();
            File.Delete(_path);
        }
    }

    public void Dispose() => _writer?.Dispose();
}
