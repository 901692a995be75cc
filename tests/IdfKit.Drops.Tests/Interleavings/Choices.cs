namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>Answers what a schedule asks: which of so many is next.</summary>
internal interface IChoices
{
    /// <param name="normal">How many go on as usual; they come first.</param>
    /// <param name="faults">How many are faults.</param>
    int Choose(int normal, int faults);
}

/// <summary>Every schedule, one after the other: the last choice that has another answer is changed, what follows begins anew.</summary>
internal sealed class AllChoices : IChoices
{
    private readonly List<(int Taken, int Of)> _path = [];
    private int _at;

    public int Choose(int normal, int faults)
    {
        if (_at == _path.Count) _path.Add((0, normal + faults));
        if (_path[_at].Of != normal + faults)
            throw new InvalidOperationException("The same choices have led to another place: a schedule is not deterministic.");
        return _path[_at++].Taken;
    }

    /// <summary>Goes to the next schedule; false after the last.</summary>
    public bool MoveNext()
    {
        while (_path.Count > 0 && _path[^1].Taken + 1 == _path[^1].Of) _path.RemoveAt(_path.Count - 1);
        _at = 0;
        if (_path.Count == 0) return false;
        _path[^1] = (_path[^1].Taken + 1, _path[^1].Of);
        return true;
    }
}

/// <summary>A schedule at random, the same for the same seed; one step in ten goes wrong.</summary>
internal sealed class RandomChoices(int seed) : IChoices
{
    private readonly Random _random = new(seed);

    public Random Random => _random;

    public int Choose(int normal, int faults) =>
        faults > 0 && (normal == 0 || _random.Next(10) == 0) ? normal + _random.Next(faults) : _random.Next(normal);
}

/// <summary>The same fault for each conditional write: for the first try of it, when it is then made again.</summary>
internal sealed class ConditionalWrites(Fate fate) : IChoices
{
    private static readonly List<Fate> Fates =
        [.. Schedule.FaultsOf(new Step<bool>("Write", "/run.json", () => true) { IsConditional = true })];
    private int _writes;

    public int Choose(int normal, int faults) =>
        faults == Fates.Count && (fate == Fate.AnswerLost || _writes++ % 2 == 0) ? normal + Fates.IndexOf(fate) : 0;
}
