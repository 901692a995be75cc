using System.Text;

namespace IdfKit.Engine.Models;

/// <summary>
/// All objects of a model as numbers: where each stands, and in which order those of a class follow each other.
/// A <see cref="ModelObject"/> is made only when it is asked for.
/// </summary>
internal sealed class ObjectTable(ModelText text, IFieldReader reader, ClassTable classes, Chunks<ObjectPlace> places)
{
    private int[]? _byClass;
    private int[]? _starts;

    public ModelText Text => text;

    public IFieldReader Reader => reader;

    public ClassTable Classes => classes;

    public ObjectPlace this[int index] => places[index];

    public IReadOnlyList<ModelObject> All => new ObjectList(this, order: null, 0, places.Count);

    /// <summary>The objects of a class, in the order of the file.</summary>
    public IReadOnlyList<ModelObject> OfClass(int number)
    {
        if (number < 0) return [];
        var order = _byClass ?? Order();
        return new ObjectList(this, order, _starts![number], _starts[number + 1] - _starts[number]);
    }

    /// <summary>The objects of all classes whose names start so, class by class.</summary>
    public IEnumerable<ModelObject> OfClassesThatStartWith(string start)
    {
        for (var number = 0; number < classes.Count; number++)
        {
            if (!classes.Names[number].StartsWith(start, StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var item in OfClass(number)) yield return item;
        }
    }

    /// <summary>The class's name as it is written at this object.</summary>
    public string ClassNameOf(ObjectPlace place)
    {
        var name = classes.Names[place.Class];
        if (place.Offset + name.Length > text.Length || reader is EpJsonFields) return name;
        var written = text.Span.Slice(place.Offset, name.Length);
        return Ascii.Equals(written, name) ? name : Encoding.Latin1.GetString(written);
    }

    /// <summary>Sorts the objects by class, by counting, so that those of a class stay in the order of the file.</summary>
    private int[] Order()
    {
        var starts = new int[classes.Count + 1];
        for (var index = 0; index < places.Count; index++) starts[places[index].Class + 1]++;
        for (var number = 0; number < classes.Count; number++) starts[number + 1] += starts[number];
        var next = starts.ToArray();
        var order = new int[places.Count];
        for (var index = 0; index < places.Count; index++) order[next[places[index].Class]++] = index;
        _starts = starts;
        return _byClass = order;
    }
}
