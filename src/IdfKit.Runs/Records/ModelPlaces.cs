using IdfKit.Engine;
using IdfKit.Engine.Results;

namespace IdfKit.Runs.Records;

/// <summary>Finds in the dropped model what EnergyPlus's messages name, in capitals mostly. Without a model nothing is found.</summary>
internal sealed class ModelPlaces(Model? model)
{
    private const int MostLookedAt = 200_000; // of more, the places are not worth the time that they take

    private int _lookedAt;

    /// <summary>The object as the model writes it, with its line: <c>Lights "Lamps" (line 17)</c>; else as it is named here.</summary>
    public string Show(string className, string name)
    {
        var found = Find(className, name);
        var shown = found is null ? $"{className} \"{name}\"" : $"{found.ClassName} \"{found.Name}\"";
        return OneLine.Of(shown, 120) + RunSentences.InLine(found?.Line);
    }

    /// <summary>The same without the line, for a sentence that tells one already.</summary>
    public string ShowName(string className, string name) =>
        OneLine.Of(Find(className, name) is { } found ? $"{found.ClassName} \"{found.Name}\"" : $"{className} \"{name}\"", 120);

    /// <summary>The object of a class, or of one that EnergyPlus's messages mean by a word such as "pump".</summary>
    public ModelObject? Find(string className, string name) => ObjectsOf(className).FirstOrDefault(item => Is(item.Name, name));

    /// <summary>
    /// Messages with the object that they name as the model writes it, and its line. Where the model has no object of that class, what
    /// was taken for one is none.
    /// </summary>
    public MessageGroup Placed(GroupedMessage said)
    {
        if (model is null || said.Subject is not var (className, name) || _lookedAt > MostLookedAt) return said.Group;
        if (Find(className, name) is { } found) return said.Group with { Subject = OneLine.Of(found.ToString()), Line = found.Line };
        var isClass = className.Contains(':', StringComparison.Ordinal) || ObjectsOf(className).Any();
        return isClass ? said.Group : said.Group with { Subject = null };
    }

    /// <summary>Where a class's object names something: in the object of that name, else in the first one that does so.</summary>
    public (ModelObject Object, int Field)? FindReference(string className, string name, string value)
    {
        if (model is null) return null;
        var named = model.ObjectsOf(className).Where(item => Is(item.Name, name));
        foreach (var item in named.Concat(model.ObjectsOf(className)))
            for (var field = FirstReference(item); field < item.FieldCount; field++)
                if (Is(item.TextOf(field), value)) return (item, field);
        return null;
    }

    private IEnumerable<ModelObject> ObjectsOf(string className)
    {
        if (model is null) yield break;
        IEnumerable<ModelObject> objects = model.ObjectsOf(className);
        if (!model.Has(className)) objects = MessageCatalogue.Instance.ClassesOf(className).SelectMany(ObjectsOfAny);
        foreach (var item in objects)
        {
            _lookedAt++;
            yield return item;
        }
    }

    /// <summary>The objects of a class, or of all classes that start so when the name ends with <c>*</c>.</summary>
    private IEnumerable<ModelObject> ObjectsOfAny(string className) =>
        className.EndsWith('*') ? model!.ObjectsOfAny(className[..^1]) : model!.ObjectsOf(className);

    /// <summary>The first field of an IDF object is its own name.</summary>
    private static int FirstReference(ModelObject item) => item.FieldCount > 0 && item.KeyOf(0) is null ? 1 : 0;

    private static bool Is(string? one, string other) => string.Equals(one?.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
