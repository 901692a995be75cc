using IdfKit.Runs.Tables;
using IdfKit.Studies.Columns;

namespace IdfKit.Studies.Files;

/// <summary>Reads a study out of CSV.</summary>
internal static class StudyCsv
{
    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <summary>The table; null, with a fault, when the file holds none.</summary>
    public static RawTable? Read(string text, FaultList faults)
    {
        List<string>? headings = null;
        List<RawRow> rows = [];
        var number = 0;
        var told = ToldDelimiter(text);
        var delimiter = told ?? Delimiters.MaxBy(candidate => Recognized(text, candidate));
        try
        {
            foreach (var record in CsvRecords.Read(text, delimiter))
            {
                number++;
                if (number == 1 && told is not null) continue; // Excel's own line
                if (record.All(value => value.Text.AsSpan().Trim().IsEmpty)) continue;
                if (headings is null)
                {
                    if ((headings = HeadingsOf(record, faults)) is null) return null;
                    continue;
                }
                if (rows.Count == RawTable.MostRows)
                {
                    faults.Add(StudySentences.TooManyRows(RawTable.MostRows));
                    return null;
                }
                if (RowOf(number, record, headings.Count, faults) is { } row) rows.Add(row);
            }
        }
        catch (FormatException)
        {
            faults.Add(number + 1, null, StudySentences.BrokenQuotes(number + 1));
            return null;
        }
        if (headings is null) faults.Add(StudySentences.EmptyFile);
        else if (rows.Count == 0 && faults.IsEmpty) faults.Add(StudySentences.NoRows);
        return headings is null ? null : new(headings, rows) { HasDecimalCommas = delimiter != ',' };
    }

    /// <summary>What Excel's own first line says, <c>sep=;</c>; null: there is none.</summary>
    private static char? ToldDelimiter(string text) =>
        text.Length > 5 && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text[5] is '\r' or '\n' ? text[4] : null;

    /// <summary>
    /// How many headings that a study has are in the first row, when it is taken apart so; then fewer others, then more parts.
    /// </summary>
    private static (int Known, int Others, int Parts) Recognized(string text, char delimiter)
    {
        try
        {
            var record = CsvRecords.Read(text, delimiter).FirstOrDefault(record => record.Any(value => value.Text.Trim().Length > 0));
            var cells = (record ?? []).Select(value => value.Text.Trim()).Where(cell => cell.Length > 0).ToList();
            var known = cells.Count(Heading.IsKnown);
            return (known, known - cells.Count, record?.Count ?? 0);
        }
        catch (FormatException)
        {
            return (0, int.MinValue, 0);
        }
    }

    /// <summary>The headings without the empty ones that a spreadsheet writes behind them.</summary>
    private static List<string>? HeadingsOf(IReadOnlyList<CsvValue> record, FaultList faults)
    {
        var headings = record.Select(value => value.Text.Trim()).ToList();
        while (headings is [.., ""]) headings.RemoveAt(headings.Count - 1);
        if (headings.Count <= RawTable.MostColumns) return headings;
        faults.Add(StudySentences.TooManyColumns(headings.Count, RawTable.MostColumns));
        return null;
    }

    private static RawRow? RowOf(int number, IReadOnlyList<CsvValue> record, int columns, FaultList faults)
    {
        var values = record.Select(value => value.Text.Trim() is { Length: > 0 } text ? text : null).ToList();
        if (values.Count < columns) return Refuse(StudySentences.ShortRow(number, values.Count, columns));
        var extra = values.Skip(columns).OfType<string>().FirstOrDefault();
        return extra is null ? new(number, values[..columns]) : Refuse(StudySentences.LongRow(number, extra, columns));

        RawRow? Refuse(string sentence)
        {
            faults.Add(number, null, sentence);
            return null;
        }
    }
}
