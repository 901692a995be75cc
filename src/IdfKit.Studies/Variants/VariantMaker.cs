using System.Buffers;

using IdfKit.Engine;
using IdfKit.Engine.Preparation;
using IdfKit.Engine.Schemas;
using IdfKit.Studies.Columns;

namespace IdfKit.Studies.Variants;

/// <summary>Makes variants of one base: its text, and in it only what the study sets is another.</summary>
/// <param name="from">The base.</param>
/// <param name="schema">Of the EnergyPlus that will run it; null: it has none.</param>
/// <param name="version">Which EnergyPlus the base is for; null: it does not say.</param>
internal sealed class VariantMaker(BaseModel from, ModelSchema? schema, EnergyPlusVersion? version = null)
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;!");

    private readonly Dictionary<string, ChosenField> _chosen = new(StringComparer.Ordinal);
    private readonly Lock _choosing = new();

    // The columns that were set together without a fault: whether they meet in a field, or leave a gap, no value changes. For checks,
    // which are made one after the other.
    private readonly HashSet<string> _fit = new(StringComparer.Ordinal);

    public BaseModel Base => from;

    public EnergyPlusVersion? Version => version;

    /// <summary>The text of the variant with these values.</summary>
    /// <exception cref="VariantFault">A value cannot be put into the model.</exception>
    /// <exception cref="ModelSyntaxException">With its tags filled in it is no model any more.</exception>
    public byte[] Make(IReadOnlyList<(StudyColumn Column, string Value)> values)
    {
        var filled = Fill(values);
        var edits = new TextEdits();
        var edit = EditOf(filled.Model, edits);
        NoteParameters(filled.Model, edits, values, Throw);
        foreach (var (item, change) in ChangesOf(filled, edit, values, Throw))
            edit.Note(item, change.Class, change.Values.ToDictionary(value => value.Key, value => value.Value.Value));
        return edits.IsEmpty ? filled.Text.ToArray() : FileText.Write(filled.Text.Span, edits);

        static void Throw(VariantFault fault) => throw fault;
    }

    /// <summary>Whether a variant with these values can be made; makes no text.</summary>
    /// <param name="values">The values.</param>
    /// <param name="refuse">Is told each that cannot be put into the model.</param>
    /// <exception cref="ModelSyntaxException">With its tags filled in it is no model any more.</exception>
    public void Check(IReadOnlyList<(StudyColumn Column, string Value)> values, Action<VariantFault> refuse)
    {
        var filled = Fill(values);
        var edits = new TextEdits();
        var faults = 0;
        NoteParameters(filled.Model, edits, values, Count);
        var together = string.Join('\n', values.Where(IsField).Select(value => value.Column.Key));
        if (filled.IsBase && _fit.Contains(together)) CheckValues(filled.Model, values, Count);
        else ChangesOf(filled, EditOf(filled.Model, edits), values, Count);
        if (filled.IsBase && faults == 0) _fit.Add(together);

        void Count(VariantFault fault)
        {
            faults++;
            refuse(fault);
        }
    }

    private void CheckValues(Model model, IReadOnlyList<(StudyColumn Column, string Value)> values, Action<VariantFault> refuse)
    {
        foreach (var (column, value) in values.Where(IsField))
            if (FaultOf(model, _chosen[column.Key].Address.Field, value) is { } fault)
                refuse(new(StudySentences.Value(value, fault), column.Heading));
    }

    private static bool IsField((StudyColumn Column, string Value) value) => value.Column.Kind is StudyColumnKind.Field;

    /// <summary>Whether addresses mean something in the model, whatever values stand below them.</summary>
    /// <param name="columns">Of which those with addresses are looked at.</param>
    /// <param name="values">Of a row, for its tags.</param>
    /// <param name="refuse">Is told each address that means nothing.</param>
    /// <exception cref="ModelSyntaxException">With its tags filled in it is no model any more.</exception>
    public void CheckAddresses(
        IEnumerable<StudyColumn> columns, IReadOnlyList<(StudyColumn Column, string Value)> values, Action<VariantFault> refuse)
    {
        var filled = Fill(values);
        foreach (var column in columns)
            if (column.Kind is StudyColumnKind.Field) Choose(filled, column, refuse);
    }

    /// <summary>How many objects of the base a column sets; null: it is no address, or means nothing in it.</summary>
    public int? ObjectsOf(StudyColumn column)
    {
        lock (_choosing) return _chosen.GetValueOrDefault(column.Key)?.Objects.Count;
    }

    private static IObjectEdit EditOf(Model model, TextEdits edits) =>
        model.Format is ModelFormat.Idf ? new IdfObjectEdit(model, edits) : new EpJsonObjectEdit(model, edits);

    private static void NoteParameters(
        Model model, TextEdits edits, IReadOnlyList<(StudyColumn Column, string Value)> values, Action<VariantFault> refuse)
    {
        var parameters = values.Where(value => value.Column.Kind is StudyColumnKind.Parameter).ToList();
        try
        {
            if (parameters.Count > 0) ParametricEdit.Note(model, edits, new IdfObjectEdit(model, edits), parameters);
        }
        catch (VariantFault fault)
        {
            refuse(fault);
        }
    }

    /// <summary>The base with the values of its tags.</summary>
    private FilledModel Fill(IReadOnlyList<(StudyColumn Column, string Value)> values)
    {
        var tags = values.Where(value => value.Column.Kind is StudyColumnKind.Tag).ToList();
        if (tags.Count == 0) return new(from.Bytes, from.Model, IsBase: true);
        var text = TagText.Replace(from.Bytes.Span, tags);
        return new(text, from.Read(text), IsBase: false);
    }

    private Dictionary<ModelObject, ObjectChange> ChangesOf(
        FilledModel filled, IObjectEdit edit, IReadOnlyList<(StudyColumn Column, string Value)> values, Action<VariantFault> refuse)
    {
        Dictionary<ModelObject, ObjectChange> changes = [];
        foreach (var (column, value) in values)
        {
            if (column.Kind is not StudyColumnKind.Field || Choose(filled, column, refuse) is not { } chosen) continue;
            if (FaultOf(filled.Model, chosen.Address.Field, value) is { } fault)
            {
                refuse(new(StudySentences.Value(value, fault), column.Heading));
                continue;
            }
            foreach (var item in chosen.Objects)
            {
                if (!changes.TryGetValue(item, out var change)) changes[item] = change = new(chosen.Class, []);
                if (change.Values.TryAdd(chosen.Address.IdfField, (new(chosen.Address, value), column))) continue;
                refuse(new(StudySentences.SetTwice(change.Values[chosen.Address.IdfField].Column.Heading), column.Heading));
                break;
            }
        }
        foreach (var (item, change) in changes)
            if (GapIn(item, edit, change) is { } gap) refuse(gap);
        return changes;
    }

    private ChosenField? Choose(FilledModel filled, StudyColumn column, Action<VariantFault> refuse)
    {
        lock (_choosing)
        {
            if (filled.IsBase && _chosen.TryGetValue(column.Key, out var known)) return known;
            try
            {
                if (schema is null) throw new VariantFault(StudySentences.NoSchema);
                var chosen = ChosenField.Of(filled.Model, schema, column.Path!);
                if (filled.IsBase) _chosen[column.Key] = chosen;
                return chosen;
            }
            catch (VariantFault e)
            {
                refuse(new(e.Message, column.Heading) { IsOfHeading = true });
                return null;
            }
        }
    }

    private static string? FaultOf(Model model, FieldSchema field, string value)
    {
        if (ValueRule.FaultOf(field, value) is { } fault) return fault;
        if (model.Format is not ModelFormat.Idf) return null;
        // What would not be one value any more in IDF.
        if (value.AsSpan().IndexOfAny(Separators) is >= 0 and var at) return StudySentences.CannotStandInIdf(value[at].ToString());
        return value.StartsWith("##", StringComparison.Ordinal) ? StudySentences.CannotStandInIdf("##") : null;
    }

    /// <summary>Groups follow each other without a gap.</summary>
    private static VariantFault? GapIn(ModelObject item, IObjectEdit edit, ObjectChange change)
    {
        var count = -1;
        foreach (var (value, column) in change.Values.Values)
        {
            if (value.Address.Group is not { } group) continue;
            if (count < 0) count = edit.GroupsOf(item, change.Class);
            if (group > count) return new(StudySentences.GroupGap(item.ToString(), count), column.Heading);
            count = Math.Max(count, group + 1);
        }
        return null;
    }

    /// <summary>A base with the values of its tags.</summary>
    /// <param name="Text">As the file has it.</param>
    /// <param name="Model">The model in it.</param>
    /// <param name="IsBase">Whether it is the base as it is.</param>
    private sealed record FilledModel(ReadOnlyMemory<byte> Text, Model Model, bool IsBase);

    /// <summary>What a row sets in one object, by the places of the fields in IDF.</summary>
    private sealed record ObjectChange(ClassSchema Class, SortedDictionary<int, (FieldValue Value, StudyColumn Column)> Values);
}
