using IdfKit.Engine.Results.Sql;

namespace IdfKit.Engine;

public sealed partial class SqlResults
{
    /// <summary>
    /// What a query of one's own finds in EnergyPlus's tables (<c>SELECT Name, Value FROM …</c>), all rows at once. Nothing is written: a
    /// query that is no single <c>SELECT</c> is refused. In a file that somebody else has made a table may be computed, and take for ever:
    /// cancel it.
    /// </summary>
    /// <param name="query">In SQLite's SQL. The tables are told in EnergyPlus's "Output Details and Examples".</param>
    /// <param name="parameters">Values of <c>$name</c>, <c>@name</c> or <c>:name</c> in the query: numbers, texts, bytes or null.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="ArgumentException">The query is wrong, or lacks a parameter that is given.</exception>
    /// <exception cref="ResultsException">The file is broken.</exception>
    public SqlRows Query(
        string query, IReadOnlyDictionary<string, object?>? parameters = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        return Guard(() =>
        {
            using var statement = new SqlQuery(_connection, query);
            foreach (var (name, value) in parameters ?? new Dictionary<string, object?>()) statement.Bind(name, value);
            return statement.Read(cancellationToken);
        });
    }
}
