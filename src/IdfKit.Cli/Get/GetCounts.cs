namespace IdfKit.Cli.Get;

/// <summary>What has been fetched so far; told from several threads.</summary>
internal sealed class GetCounts
{
    private readonly Lock _gate = new();
    private readonly List<string> _troubles = [];
    private readonly HashSet<string> _notes = [];

    public int Runs { get; private set; }

    public int Files { get; private set; }

    public int LeftFiles { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>What could not be fetched, a sentence each.</summary>
    public IReadOnlyList<string> Troubles
    {
        get { lock (_gate) return [.. _troubles]; }
    }

    public IReadOnlyList<string> Notes
    {
        get { lock (_gate) return [.. _notes]; }
    }

    public void Fetched(long bytes)
    {
        lock (_gate) (Files, Bytes) = (Files + 1, Bytes + bytes);
    }

    public void Left()
    {
        lock (_gate) LeftFiles++;
    }

    public void Ended()
    {
        lock (_gate) Runs++;
    }

    public void Note(string sentence)
    {
        lock (_gate) _notes.Add(sentence);
    }

    public void Trouble(string sentence)
    {
        lock (_gate) _troubles.Add(sentence);
    }
}
