namespace IdfKit.Engine;

/// <summary>What a query of a run's database found.</summary>
public sealed class SqlRows
{
    internal SqlRows(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows) => (Columns, Rows) = (columns, rows);

    /// <summary>The names of the columns, as the query gives them.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows: of each column a <c>long</c>, <c>double</c>, <c>string</c> or <c>byte[]</c>, or null.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows { get; }
}
