namespace IdfKit.Engine.Parts.Programs;

/// <summary>What the paths through a program have set: after an IF what all its branches have, where one is always taken.</summary>
internal sealed class ErlPaths
{
    private readonly Stack<Branches> _open = new();
    private readonly List<HashSet<string>> _returned = [];
    private HashSet<string>? _now = New([]); // null: nothing comes here, behind a RETURN

    /// <summary>Whether all paths that come here have set it.</summary>
    public bool HasSet(string name) => _now?.Contains(name) ?? true;

    /// <summary>Whether all paths that have returned had set it.</summary>
    public bool AllSet(string name) => _returned.TrueForAll(path => path.Contains(name));

    /// <summary>Sets what the line sets, and begins what it begins.</summary>
    public void Follow(ErlLine line)
    {
        if (line.Sets.Length > 0) _now?.Add(line.Sets);
        Enter(line.Word);
    }

    /// <summary>Ends a branch where the word does.</summary>
    public void Leave(string word)
    {
        if (word is not ("ELSE" or "ELSEIF" or "ENDIF" or "ENDWHILE") || _open.Count == 0) return;
        var branches = _open.Peek();
        branches.Ends.Add(_now);
        _now = branches.Before is { } before ? New(before) : null;
        branches.IsComplete |= word is "ELSE";
        if (word is "ELSE" or "ELSEIF") return;
        _open.Pop();
        if (!branches.IsComplete) branches.Ends.Add(_now);
        _now = branches.Ends.OfType<HashSet<string>>().Aggregate(default(HashSet<string>), (all, one) =>
            all is null ? one : New(all.Intersect(one, StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>Nothing comes behind it.</summary>
    public void Return()
    {
        if (_now is not null) _returned.Add(_now);
        _now = null;
    }

    /// <summary>Begins the branches of an IF or the lines of a WHILE, or ends the path.</summary>
    private void Enter(string word)
    {
        if (word is "IF" or "WHILE")
        {
            _open.Push(new(_now));
            _now = _now is null ? null : New(_now);
        }
        else if (word is "RETURN") Return();
    }

    private static HashSet<string> New(IEnumerable<string> names) => new(names, StringComparer.OrdinalIgnoreCase);

    /// <summary>What was set before an IF, and at the end of each of its branches.</summary>
    private sealed record Branches(HashSet<string>? Before)
    {
        public List<HashSet<string>?> Ends { get; } = [];

        public bool IsComplete { get; set; }
    }
}
