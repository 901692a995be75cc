namespace IdfKit.Engine.Results.Sql;

/// <summary>The rows of wanted variables at one time, and how far each stands behind the first of them.</summary>
internal sealed class SqlBlock
{
    /// <summary>To seek a row takes as long as to read so many.</summary>
    private const int Seek = 24;

    private readonly List<long> _offsets;
    private (int From, int To)[]? _stretches; // once all rows are known

    public SqlBlock(long first, int time) : this(first, time, [], [])
    {
    }

    private SqlBlock(long first, int time, List<long> offsets, List<SqlColumn> columns) =>
        (First, Time, _offsets, Columns) = (first, time, offsets, columns);

    /// <summary>The first row.</summary>
    public long First { get; }

    /// <summary>The number of the time.</summary>
    public int Time { get; }

    /// <summary>Whose rows they are, in their order.</summary>
    public List<SqlColumn> Columns { get; }

    /// <summary>How many rows there are from the first to the last wanted one.</summary>
    public long Length => _offsets[^1] + 1;

    /// <summary>What it takes to read them, in rows.</summary>
    public long Cost
    {
        get
        {
            long cost = 0;
            foreach (var (from, to) in Stretches) cost += _offsets[to] - _offsets[from] + 1 + Seek;
            return cost;
        }
    }

    public void Add(long row, SqlColumn column)
    {
        _stretches = null;
        _offsets.Add(row - First);
        Columns.Add(column);
    }

    /// <summary>Whether the same variables stand as far from each other here as there.</summary>
    public bool StandsAs(SqlBlock other)
    {
        if (Columns.Count != other.Columns.Count) return false;
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i] != other.Columns[i] || _offsets[i] != other._offsets[i]) return false;
        return true;
    }

    /// <summary>The same at another place and time.</summary>
    public SqlBlock At(long first, int time) => new(first, time, _offsets, Columns) { _stretches = _stretches };

    /// <summary>Reads the values that stand a distance further on.</summary>
    /// <param name="range">Gives the rows of a range.</param>
    /// <param name="stride">How much further.</param>
    /// <param name="time">Of which they must be.</param>
    /// <param name="values">Takes them.</param>
    /// <returns>Whether every variable stands there, at that time.</returns>
    public bool TryRead(SqlStatement range, long stride, int time, double[] values)
    {
        var start = First + stride;
        foreach (var (from, to) in Stretches)
        {
            var at = from;
            range.Start(start + _offsets[from], start + _offsets[to]);
            while (at <= to && range.Step())
            {
                if (range.Integer(0) != start + _offsets[at]) continue; // of a variable between them
                if (range.Integer(1) != time || range.Integer(2) != Columns[at].Variable) return false;
                values[at++] = range.Number(3);
            }
            if (at <= to) return false;
        }
        return true;
    }

    /// <summary>The wanted rows in stretches that are read at once, by their places.</summary>
    private (int From, int To)[] Stretches => _stretches ??= [.. Divided()];

    private IEnumerable<(int From, int To)> Divided()
    {
        var from = 0;
        for (var i = 1; i <= _offsets.Count; i++)
        {
            if (i < _offsets.Count && _offsets[i] - _offsets[i - 1] <= Seek) continue;
            yield return (from, i - 1);
            from = i;
        }
    }
}
