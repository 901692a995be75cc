namespace IdfKit.Engine.Schemas;

/// <summary>What EnergyPlus's schema says about one class.</summary>
/// <param name="Name">As the schema spells it.</param>
/// <param name="Fields">The fields in the order of IDF; the name is the first of them where there is one.</param>
internal sealed record ClassSchema(string Name, IReadOnlyList<FieldSchema> Fields)
{
    /// <summary>The key of a name among <see cref="Fields"/>; in epJSON it is the object's own key.</summary>
    public const string NameKey = "name";

    /// <summary>Whether its objects have names.</summary>
    public bool HasName => Fields is [{ Key: NameKey }, ..];

    /// <summary>The key in epJSON under which the groups stand that repeat; null: there are none.</summary>
    public string? GroupsKey { get; init; }

    /// <summary>The fields of a group, which follow all other fields as often as the object has groups.</summary>
    public IReadOnlyList<FieldSchema> GroupFields { get; init; } = [];

    /// <summary>
    /// The field of a label (<c>Vertex 1 X-coordinate</c>) or of a schema's name (<c>vertex_1_x_coordinate</c>); case, blanks and
    /// signs do not matter. Null: the class has no such field.
    /// </summary>
    public FieldAddress? Find(string label)
    {
        var wanted = FieldName.Fold(label);
        for (var at = 0; at < Fields.Count; at++)
            if (FieldName.Is(Fields[at], wanted)) return new(Fields[at], at, null);
        foreach (var (numberless, number) in FieldName.WithoutNumber(wanted))
            for (var at = 0; at < GroupFields.Count; at++)
                if (FieldName.Is(GroupFields[at], numberless) && number - FirstNumber(at) is >= 0 and var group and < MostGroups)
                    return new(GroupFields[at], Fields.Count + (group * GroupFields.Count) + at, group);
        return null;
    }

    /// <summary>The label of the field at a place in IDF: with its number in a group. Null where the class has none.</summary>
    public string? LabelAt(int idfField)
    {
        if (idfField < Fields.Count) return Fields[idfField].Label;
        if (GroupFields.Count == 0) return null;
        var (group, at) = Math.DivRem(idfField - Fields.Count, GroupFields.Count);
        return FieldName.WithNumber(GroupFields[at], group + FirstNumber(at));
    }

    /// <summary>All labels, those of the first group too.</summary>
    public IEnumerable<string> AllLabels() =>
        Fields.Select(one => one.Label).Concat(GroupFields.Select((_, at) => LabelAt(Fields.Count + at)!));

    /// <summary>
    /// Whether EnergyPlus takes an object of IDF whose last value is followed by a comma and nothing else: no field that must be there is
    /// missing, and no group has begun, since it leaves out the last group then.
    /// </summary>
    public bool MayEndWithComma(IReadOnlyList<string> values) => values.Count <= Fields.Count
        && !Fields.Where((field, at) => field.IsRequired && (at >= values.Count || values[at].Length == 0)).Any();

    private const int MostGroups = 1 << 16;

    // MaterialProperty:GlazingSpectralData has four points of its own, and the first of a group is the fifth.
    private int FirstNumber(int at)
    {
        var last = 0;
        foreach (var field in Fields)
            foreach (var (numberless, number) in FieldName.WithoutNumber(FieldName.Fold(field.Label)))
                if (FieldName.Is(GroupFields[at], numberless)) last = Math.Max(last, number);
        return last + 1;
    }
}

/// <summary>A field of a class, and where it stands.</summary>
/// <param name="Field">The field.</param>
/// <param name="IdfField">Its place in IDF, from 0.</param>
/// <param name="Group">The number of its group, from 0; null: it stands in none.</param>
internal sealed record FieldAddress(FieldSchema Field, int IdfField, int? Group);
