namespace IdfKit.Engine.Results.Tables;

/// <summary>What a tabular report holds, wherever it was written.</summary>
internal interface ITableCells
{
    /// <summary>Column names, without units.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Columns as the file writes them, with units.</summary>
    IReadOnlyList<string> Headers { get; }

    /// <summary>Row names; some tables repeat them or leave them blank.</summary>
    IReadOnlyList<string> Rows { get; }

    /// <summary>A cell's text without blanks around it.</summary>
    string TextOf(int row, int column);

    /// <summary>A cell's unit as EnergyPlus writes it, such as <c>GJ</c>; empty when it has none.</summary>
    string UnitOf(int row, int column);
}
