using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using IdfKit.Studies.Variants;

namespace IdfKit.Studies;

/// <summary>A variant of a study's base: a model that is made when it is asked for.</summary>
public sealed class StudyVariant
{
    private const int DigitsOfContent = 32;

    private readonly VariantMaker _maker;
    private readonly IReadOnlyList<(StudyColumn Column, string Value)> _values;

    internal StudyVariant(StudyRow row, VariantMaker maker, string? weather, IReadOnlyList<(StudyColumn Column, string Value)> values) =>
        (Row, _maker, Weather, _values) = (row, maker, weather, values);

    /// <summary>The row that says what is different.</summary>
    public StudyRow Row { get; }

    /// <summary>The row's name.</summary>
    public string Name => Row.Name;

    /// <summary>The base model's path, on the file system of the study.</summary>
    public string Model => _maker.Base.Path;

    /// <summary>The weather's path, on the file system of the study; null: design days only.</summary>
    public string? Weather { get; }

    internal BaseModel Base => _maker.Base;

    /// <summary>Which EnergyPlus the base is for; null: it does not say.</summary>
    internal Engine.EnergyPlusVersion? Version => _maker.Version;

    /// <summary>How many objects of the base a column sets; null: it is no address.</summary>
    internal int? ObjectsOf(StudyColumn column) => _maker.ObjectsOf(column);

    /// <summary>What the row says, numbers with a point.</summary>
    internal IReadOnlyList<(StudyColumn Column, string Value)> Values => _values;

    /// <summary>
    /// What the variant is, as the first digits of a SHA-256: its base's content and the values that go into it. Null: it has no base.
    /// </summary>
    internal string? Content
    {
        get
        {
            if (_maker.Base.Bytes.IsEmpty) return null;
            var text = new StringBuilder(_maker.Base.Sha256);
            foreach (var (column, value) in _values.OrderBy(one => one.Column.Key, StringComparer.Ordinal))
                if (column.Kind is StudyColumnKind.Field or StudyColumnKind.Tag or StudyColumnKind.Parameter)
                    text.Append(CultureInfo.InvariantCulture, $"\0{column.Key}\0{value}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..DigitsOfContent];
        }
    }

    /// <summary>What the row says under a column, numbers with a point; null: nothing.</summary>
    internal string? ValueOf(StudyColumn column)
    {
        foreach (var (one, value) in _values)
            if (one == column) return value;
        return null;
    }

    /// <summary>
    /// The variant's text: the base's file, byte for byte, but for what the row sets. Comments, blanks, line ends and the encoding stay.
    /// </summary>
    /// <exception cref="StudyException">With its tags filled in it is no model any more.</exception>
    public byte[] MakeModel()
    {
        try
        {
            return _maker.Make(_values);
        }
        catch (Exception e) when (e is VariantFault or Engine.ModelSyntaxException)
        {
            var faults = new FaultList();
            faults.Add(Row.FileRow, (e as VariantFault)?.Column, StudySentences.InRow(Row.FileRow, (e as VariantFault)?.Column, e.Message));
            throw new StudyException(faults, e);
        }
    }

    /// <summary>"north".</summary>
    public override string ToString() => Name;
}
