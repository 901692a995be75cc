namespace IdfKit.Runs.Tables;

/// <summary>Reads a table that was written as CSV.</summary>
internal static class CsvReading
{
    /// <summary>The table; null when the file holds none.</summary>
    public static async Task<RunTable?> ReadAsync(Stream source, CancellationToken cancellationToken)
    {
        EarlierTable? table = null;
        RunColumnKind?[] kinds = [];
        try
        {
            await foreach (var record in CsvRecords.ReadAsync(source, cancellationToken).ConfigureAwait(false))
            {
                if (table is null)
                {
                    var columns = record.Select(value => value.Text).ToList();
                    if ((table = EarlierTable.Begin(columns)) is null) return null;
                    kinds = [.. columns.Select(EarlierTable.KindOf)];
                    continue;
                }
                if (CellsOf(record, kinds) is not { } cells || !table.Add(cells)) return null;
            }
        }
        catch (FormatException)
        {
            return null;
        }
        return table?.End();
    }

    private static RunCell[]? CellsOf(IReadOnlyList<CsvValue> record, RunColumnKind?[] kinds)
    {
        if (record.Count != kinds.Length) return null;
        var cells = new RunCell[kinds.Length];
        for (var column = 0; column < cells.Length; column++)
        {
            if (CellOf(record[column], kinds[column]) is not { } cell) return null;
            cells[column] = cell;
        }
        return cells;
    }

    private static RunCell? CellOf(CsvValue value, RunColumnKind? kind)
    {
        if (value is { IsQuoted: false, Text: "" }) return default(RunCell);
        if (kind is not (null or RunColumnKind.Text)) return RunCell.Read(value.Text, kind.Value);
        var (text, wasGuarded) = CsvText.Read(value.Text);
        return kind is null && !wasGuarded ? RunCell.Guess(text) : RunCell.Of(text);
    }
}
