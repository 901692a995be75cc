namespace IdfKit.Studies;

/// <summary>What was found wrong so far: all of it is counted, the first of it is kept.</summary>
internal sealed class FaultList
{
    private const int MostKept = 100;

    private readonly List<StudyFault> _kept = [];
    private readonly List<string> _missing = [];
    private int _ofMissing;

    public int Count { get; private set; }

    public bool IsEmpty => Count == 0;

    public IEnumerable<StudyFault> Kept => _kept;

    /// <summary>The files any of which may let the study run when it arrives; none where something else is wrong, too.</summary>
    public IReadOnlyList<string> Missing => _ofMissing == Count ? _missing : [];

    /// <summary>The first sentence, and how many more there are.</summary>
    public string Summary => StudySentences.AndMore(_kept[0].Message, Count - 1);

    public void Add(string message) => Add(null, null, message);

    public void Add(int? row, string? column, string message)
    {
        Count++;
        if (_kept.Count < MostKept) _kept.Add(new(row, column, message));
    }

    /// <summary>Adds that a file is missing, which may be any of these.</summary>
    public void AddMissing(int? row, string? column, string message, params IEnumerable<string?> files)
    {
        Add(row, column, message);
        _ofMissing++;
        _missing.AddRange(files.OfType<string>().Except(_missing));
    }

    /// <exception cref="StudyException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (!IsEmpty) throw new StudyException(this);
    }
}
