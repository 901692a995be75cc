using IdfKit.Studies.Columns;
using IdfKit.Studies.Files;

namespace IdfKit.Studies.Reading;

/// <summary>Makes rows of a study out of the rows of its file.</summary>
internal sealed class RowReading(IReadOnlyList<StudyColumn> columns, bool hasDecimalCommas, FaultList faults)
{
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<StudyColumn> Columns => columns;

    public IReadOnlyList<StudyRow> Read(IReadOnlyList<RawRow> rows)
    {
        List<StudyRow> read = [];
        foreach (var (index, row) in rows.Index())
            if (RowOf(index + 1, row) is { } one) read.Add(one);
        return read;
    }

    /// <summary>What a row says under the columns that say something, as it is meant: numbers with a point.</summary>
    public IEnumerable<(StudyColumn Column, string Value)> ValuesOf(StudyRow row) => ValuesOf(row.Values);

    /// <summary>What a row says under the one column of a kind; null: nothing.</summary>
    public string? ValueOf(StudyRow row, StudyColumnKind kind)
    {
        foreach (var (column, value) in ValuesOf(row))
            if (column.Kind == kind) return value;
        return null;
    }

    private IEnumerable<(StudyColumn Column, string Value)> ValuesOf(IReadOnlyList<string?> values)
    {
        for (var at = 0; at < columns.Count; at++)
            if (values[at] is { } value) yield return (columns[at], hasDecimalCommas ? Meant(columns[at], value) : value);
    }

    private static string Meant(StudyColumn column, string value) =>
        column.Kind is StudyColumnKind.Field or StudyColumnKind.Tag || column.Key == "timeout_seconds"
            ? NumberText.WithPoint(value)
            : value;

    private StudyRow? RowOf(int number, RawRow row)
    {
        var options = new RowOptions();
        var isWhole = true;
        foreach (var (column, value) in ValuesOf(row.Values))
        {
            if (column.Kind is not StudyColumnKind.Option) continue;
            var next = options.With(column.Key, value, out var fault);
            if (next is null) isWhole = Refuse(row, column.Heading, StudySentences.Value(value, fault));
            options = next ?? options;
        }
        if (options is { Annual: true, DesignDay: true }) isWhole = Refuse(row, "annual", StudySentences.BothPeriods);
        for (var at = 0; at < columns.Count; at++)
            if (columns[at].Kind is StudyColumnKind.Tag && row.Values[at] is null)
                isWhole = Refuse(row, columns[at].Heading, StudySentences.EmptyTag);
        return NameOf(row) is { } name && isWhole ? new(number, row.Number, name, row.Values, options) : null;
    }

    private string? NameOf(RawRow row)
    {
        var values = ValuesOf(row.Values).ToList();
        var given = values.Find(value => value.Column.Kind is StudyColumnKind.Name).Value;
        var name = given ?? RowName.Of(values);
        if (RowName.FaultOf(name) is { } fault)
        {
            Refuse(row, "name", StudySentences.Value(name, fault));
            return null;
        }
        if (_names.TryAdd(RowName.Fold(name), row.Number)) return name;
        var first = _names[RowName.Fold(name)];
        Refuse(row, "name", given is null ? StudySentences.RowTwice(first) : StudySentences.RowNameTwice(name, first));
        return null;
    }

    private bool Refuse(RawRow row, string heading, string what)
    {
        faults.Add(row.Number, heading, StudySentences.InRow(row.Number, heading, what));
        return false;
    }
}
