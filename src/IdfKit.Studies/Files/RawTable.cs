namespace IdfKit.Studies.Files;

/// <summary>A study as its file has it: headings, and rows of text.</summary>
/// <param name="Headings">Of the columns.</param>
/// <param name="Rows">The rows that are not empty.</param>
internal sealed record RawTable(IReadOnlyList<string> Headings, IReadOnlyList<RawRow> Rows)
{
    public const int MostRows = 100_000, MostColumns = 500;

    /// <summary>Whether a comma may stand in a number for the point.</summary>
    public bool HasDecimalCommas { get; init; }

    /// <summary>Whether its columns are the parameters of the model's own expressions.</summary>
    public bool HasParameters { get; init; }
}

/// <summary>A row of a study's file.</summary>
/// <param name="Number">As a spreadsheet counts rows.</param>
/// <param name="Values">A value for each column; null: as in the base.</param>
internal sealed record RawRow(int Number, IReadOnlyList<string?> Values);
