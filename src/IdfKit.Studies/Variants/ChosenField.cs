using IdfKit.Engine;
using IdfKit.Engine.Schemas;
using IdfKit.Runs;
using IdfKit.Studies.Columns;

namespace IdfKit.Studies.Variants;

/// <summary>The field of an address, in the objects of one model that the address means.</summary>
/// <param name="Class">Of the objects.</param>
/// <param name="Address">Where the field stands in them.</param>
/// <param name="Objects">The objects.</param>
internal sealed record ChosenField(ClassSchema Class, FieldAddress Address, IReadOnlyList<ModelObject> Objects)
{
    /// <summary>What an address means.</summary>
    /// <exception cref="VariantFault">Nothing, and why.</exception>
    public static ChosenField Of(Model model, ModelSchema schema, FieldPath path)
    {
        if (schema.Find(path.ClassName) is not { } found)
            throw new VariantFault(StudySentences.NoClass(path.ClassName, Spelling.Nearest(path.ClassName, schema.ClassNames)));
        if (found.Find(path.Field) is not { } address)
            throw new VariantFault(StudySentences.NoField(found.Name, path.Field, Spelling.Nearest(path.Field, found.AllLabels())));
        return new(found, address, ObjectsOf(model, found, path));
    }

    private static IReadOnlyList<ModelObject> ObjectsOf(Model model, ClassSchema found, FieldPath path)
    {
        var all = model.ObjectsOf(found.Name);
        if (all.Count == 0) throw new VariantFault(StudySentences.NoObjectOfClass(found.Name));
        if (path.IsEvery) return all;
        if (path.ObjectName is not { } name)
            return all.Count == 1 ? all : throw new VariantFault(StudySentences.SeveralObjects(found.Name, all.Count, found.HasName));
        if (!found.HasName) throw new VariantFault(StudySentences.ClassWithoutNames(found.Name));
        var named = all.Where(item => string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count == 1) return named;
        if (named.Count > 1) throw new VariantFault(StudySentences.NameTwice(found.Name, name, named.Count));
        throw new VariantFault(
            StudySentences.NoObject(found.Name, name, Spelling.Nearest(name, all.Select(item => item.Name).OfType<string>())));
    }
}
