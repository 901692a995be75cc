using IdfKit.Engine;
using IdfKit.Engine.Schemas;
using IdfKit.Studies.Columns;
using IdfKit.Studies.Files;
using IdfKit.Studies.Variants;

namespace IdfKit.Studies.Reading;

/// <summary>
/// Rows away from their study's file: each says its name and what it sets, as it is meant, and becomes the variant that the file would
/// make of it. For those who are handed a few rows of a study.
/// </summary>
/// <param name="model">The base.</param>
/// <param name="installations">What the variants may go to, the default first.</param>
/// <param name="hasParameters">Whether the base is a study by itself.</param>
/// <param name="schemaOf">The schema of an installation.</param>
internal sealed class RowsAtHand(
    BaseModel model, IReadOnlyList<EnergyPlusInstallation> installations, bool hasParameters,
    Func<EnergyPlusInstallation, ModelSchema?> schemaOf)
{
    private VariantMaker? _maker;

    /// <summary>The variant of a row.</summary>
    /// <exception cref="StudyException">The row has what no study may have.</exception>
    /// <exception cref="ModelSyntaxException">The base is no model.</exception>
    public StudyVariant Read(int number, string name, IReadOnlyDictionary<string, string> set)
    {
        var faults = new FaultList();
        string[] headings = ["name", .. set.Keys];
        var columns = Heading.ReadAll(headings, hasParameters, faults);
        faults.ThrowIfAny();
        var reading = new RowReading([.. columns.Select(column => column!)], hasDecimalCommas: false, faults);
        var rows = reading.Read([new RawRow(number, [name, .. set.Values])]);
        faults.ThrowIfAny();
        var values = reading.ValuesOf(rows[0]).ToList();
        return new(rows[0], _maker ??= MakerFor(values), weather: null, values);
    }

    private VariantMaker MakerFor(List<(StudyColumn Column, string Value)> values)
    {
        var tags = values.Where(value => value.Column.Kind is StudyColumnKind.Tag).ToList();
        var version = (tags.Count == 0 ? model.Model : model.Read(TagText.Replace(model.Bytes.Span, tags))).Version;
        var own = installations.FirstOrDefault(one => version is not { } of || of.IsSameRelease(one.Version));
        return new(model, own is null ? null : schemaOf(own), version);
    }
}
