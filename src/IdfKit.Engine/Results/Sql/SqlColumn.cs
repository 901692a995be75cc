namespace IdfKit.Engine.Results.Sql;

/// <summary>What was collected of one variable: its values, and for each the number of its time.</summary>
internal sealed class SqlColumn(int variable)
{
    /// <summary>EnergyPlus's number for the variable.</summary>
    public int Variable { get; } = variable;

    public List<int> Indices { get; } = [];

    public List<double> Values { get; } = [];

    public void Add(int index, double value)
    {
        Indices.Add(index);
        Values.Add(value);
    }
}
