namespace IdfKit.Studies;

/// <summary>What was found wrong so far: all of it is counted, the first of it is kept.</summary>
internal sealed class FaultList
{
    private const int MostKept = 100;

    private readonly List<StudyFault> _kept = [];

    public int Count { get; private set; }

    public bool IsEmpty => Count == 0;

    public IEnumerable<StudyFault> Kept => _kept;

    /// <summary>The first sentence, and how many more there are.</summary>
    public string Summary => StudySentences.AndMore(_kept[0].Message, Count - 1);

    public void Add(string message) => Add(null, null, message);

    public void Add(int? row, string? column, string message)
    {
        Count++;
        if (_kept.Count < MostKept) _kept.Add(new(row, column, message));
    }

    /// <exception cref="StudyException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (!IsEmpty) throw new StudyException(this);
    }
}
