using IdfKit.Studies.Reading;

namespace IdfKit.Studies;

/// <summary>A row of a study: one variant.</summary>
public sealed class StudyRow
{
    internal StudyRow(int number, int fileRow, string name, IReadOnlyList<string?> values, RowOptions options) =>
        (Number, FileRow, Name, Values, Options) = (number, fileRow, name, values, options);

    /// <summary>Its place among the rows, from 1.</summary>
    public int Number { get; }

    /// <summary>Its row in the file as a spreadsheet counts them, the headings being row 1.</summary>
    public int FileRow { get; }

    /// <summary>Unique in the study without regard to case, and a name that a folder may have.</summary>
    public string Name { get; }

    /// <summary>What stands under each column, as the file has it; null: as in the base.</summary>
    public IReadOnlyList<string?> Values { get; }

    internal RowOptions Options { get; }

    /// <summary>"north".</summary>
    public override string ToString() => Name;
}
