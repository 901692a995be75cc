using System.Buffers;

using IdfKit.Engine;
using IdfKit.Engine.Preparation;
using IdfKit.Engine.Schemas;
using IdfKit.Studies.Columns;

namespace IdfKit.Studies.Variants;

/// <summary>Makes variants of one base: its text, and in it only what the study sets is another.</summary>
internal sealed class VariantMaker(BaseModel from, ModelSchema? schema)
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;!");

    private readonly Dictionary<string, ChosenField> _chosen = new(StringComparer.Ordinal);
    private readonly Lock _choosing = new();

    public BaseModel Base => from;

    /// <summary>The text of the variant with these values.</summary>
    /// <exception cref="VariantFault">A value cannot be put into the model.</exception>
    /// <exception cref="ModelSyntaxException">With its tags filled in it is no model any more.</exception>
    public byte[] Make(IReadOnlyList<(StudyColumn Column, string Value)> values)
    {
        var (text, edits) = Edit(values);
        return edits.IsEmpty ? text.ToArray() : FileText.Write(text.Span, edits);
    }

    /// <summary>Whether a variant with these values can be made; makes no text.</summary>
    /// <exception cref="VariantFault">A value cannot be put into the model.</exception>
    public void Check(IReadOnlyList<(StudyColumn Column, string Value)> values) => Edit(values);

    private (ReadOnlyMemory<byte> Text, TextEdits Edits) Edit(IReadOnlyList<(StudyColumn Column, string Value)> values)
    {
        var tags = values.Where(value => value.Column.Kind is StudyColumnKind.Tag).ToList();
        var text = tags.Count == 0 ? from.Bytes : TagText.Replace(from.Bytes.Span, tags);
        var model = tags.Count == 0 ? from.Model : from.Read(text.ToArray());
        var edits = new TextEdits();
        var parameters = values.Where(value => value.Column.Kind is StudyColumnKind.Parameter).ToList();
        if (parameters.Count > 0) ParametricEdit.Note(model, edits, new IdfObjectEdit(model, edits), parameters);
        IObjectEdit edit = model.Format is ModelFormat.Idf ? new IdfObjectEdit(model, edits) : new EpJsonObjectEdit(model, edits);
        var changes = ChangesOf(model, edit, values, isCached: tags.Count == 0);
        foreach (var (item, (found, fields)) in changes) edit.Note(item, found, fields);
        return (text, edits);
    }

    private Dictionary<ModelObject, (ClassSchema Class, SortedDictionary<int, FieldValue> Values)> ChangesOf(
        Model model, IObjectEdit edit, IReadOnlyList<(StudyColumn Column, string Value)> values, bool isCached)
    {
        Dictionary<ModelObject, (ClassSchema Class, SortedDictionary<int, FieldValue> Values)> changes = [];
        var columns = new Dictionary<(ModelObject Object, int Field), StudyColumn>();
        foreach (var (column, value) in values)
        {
            if (column.Kind is not StudyColumnKind.Field) continue;
            var chosen = Choose(model, column, isCached);
            if (ValueRule.FaultOf(chosen.Address.Field, value) is { } fault)
                throw new VariantFault(StudySentences.Value(value, fault), column.Heading);
            if (model.Format is ModelFormat.Idf) CheckIdf(column, value);
            foreach (var item in chosen.Objects)
            {
                if (!columns.TryAdd((item, chosen.Address.IdfField), column))
                    throw new VariantFault(StudySentences.SetTwice(columns[(item, chosen.Address.IdfField)].Heading), column.Heading);
                if (!changes.TryGetValue(item, out var change)) changes[item] = change = (chosen.Class, []);
                change.Values.Add(chosen.Address.IdfField, new(chosen.Address, value));
            }
        }
        foreach (var (item, (found, fields)) in changes) CheckGroups(item, edit.GroupsOf(item, found), fields, columns);
        return changes;
    }

    private ChosenField Choose(Model model, StudyColumn column, bool isCached)
    {
        if (schema is null) throw new VariantFault(StudySentences.NoSchema, column.Heading);
        lock (_choosing)
        {
            if (isCached && _chosen.TryGetValue(column.Key, out var known)) return known;
            try
            {
                var chosen = ChosenField.Of(model, schema, column.Path!);
                if (isCached) _chosen[column.Key] = chosen;
                return chosen;
            }
            catch (VariantFault e)
            {
                throw new VariantFault(e.Message, column.Heading);
            }
        }
    }

    /// <summary>What would not be one value any more in IDF.</summary>
    private static void CheckIdf(StudyColumn column, string value)
    {
        if (value.AsSpan().IndexOfAny(Separators) is >= 0 and var at)
            throw new VariantFault(StudySentences.Value(value, StudySentences.CannotStandInIdf(value[at].ToString())), column.Heading);
        if (value.StartsWith("##", StringComparison.Ordinal))
            throw new VariantFault(StudySentences.Value(value, StudySentences.CannotStandInIdf("##")), column.Heading);
    }

    /// <summary>Groups follow each other without a gap.</summary>
    private static void CheckGroups(
        ModelObject item, int count, SortedDictionary<int, FieldValue> values,
        Dictionary<(ModelObject Object, int Field), StudyColumn> columns)
    {
        foreach (var (at, value) in values)
        {
            if (value.Address.Group is not { } group) continue;
            if (group > count) throw new VariantFault(StudySentences.GroupGap(item.ToString(), count), columns[(item, at)].Heading);
            count = Math.Max(count, group + 1);
        }
    }
}
