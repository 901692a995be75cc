using System.Globalization;

using IdfKit.Engine.Schemas;

namespace IdfKit.Engine.Comparing;

/// <summary>Two models, object by object.</summary>
internal sealed class ComparedModels(Model first, Model second, EnergyPlusInstallation? installation)
{
    private readonly ModelSchema? _schema = installation is null ? null : ModelSchema.Of(installation);

    public IEnumerable<ModelDifference> Differences()
    {
        var classes = first.ClassNames.Concat(second.ClassNames).Distinct(StringComparer.OrdinalIgnoreCase);
        return classes.SelectMany(OfClass);
    }

    private IEnumerable<ModelDifference> OfClass(string className)
    {
        var (left, right) = (ByName(first.ObjectsOf(className)), ByName(second.ObjectsOf(className)));
        var (onlyLeft, onlyRight) = (new List<ModelObject>(), new List<ModelObject>());
        foreach (var (name, ones) in left)
        {
            right.Remove(name, out var others);
            foreach (var (one, other) in Pairs(ones, others ?? []))
            {
                if (one is null) onlyRight.Add(other!);
                else if (other is null) onlyLeft.Add(one);
                else foreach (var difference in OfFields(one, other)) yield return difference;
            }
        }
        onlyRight.AddRange(right.Values.SelectMany(others => others));
        if (onlyLeft is [var before] && onlyRight is [var after])
        {
            foreach (var difference in OfFields(before, after)) yield return difference;
            yield break;
        }
        foreach (var one in onlyLeft) yield return new(one.ClassName, one.Name, null, Whole(one), null);
        foreach (var one in onlyRight) yield return new(one.ClassName, one.Name, null, null, Whole(one));
    }

    private static Dictionary<string, List<ModelObject>> ByName(IReadOnlyList<ModelObject> objects) => objects
        .GroupBy(one => one.Name ?? "", StringComparer.OrdinalIgnoreCase)
        .ToDictionary(named => named.Key, named => named.ToList(), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Objects that share a name: those that are the same first, the rest in their order; null: the other model has none left.
    /// </summary>
    private static List<(ModelObject? One, ModelObject? Other)> Pairs(List<ModelObject> ones, List<ModelObject> others)
    {
        if (ones is [var single] && others is [var twin]) return [(single, twin)];
        var rest = others.ToList();
        var left = ones.Where(one => rest.FindIndex(other => AreSame(one, other)) is var at && (at < 0 || !Take(at))).ToList();
        var most = Math.Max(left.Count, rest.Count);
        return [.. Enumerable.Range(0, most).Select(at => (left.ElementAtOrDefault(at), rest.ElementAtOrDefault(at)))];

        bool Take(int at)
        {
            rest.RemoveAt(at);
            return true;
        }
    }

    private static bool AreSame(ModelObject one, ModelObject other) => one.FieldCount == other.FieldCount
        && one.Texts.SequenceEqual(other.Texts, StringComparer.OrdinalIgnoreCase);

    private IEnumerable<ModelDifference> OfFields(ModelObject one, ModelObject other)
    {
        var (left, right) = (Keyed(one), Keyed(other));
        foreach (var key in left.Keys.Concat(right.Keys.Where(key => !left.ContainsKey(key))))
        {
            var (was, now) = (left.GetValueOrDefault(key), right.GetValueOrDefault(key));
            if (AreSame(was ?? "", now ?? "")) continue;
            yield return new(one.ClassName, one.Name, key, was, now);
        }
    }

    /// <summary>The values of an object, each by the name of its field.</summary>
    private Dictionary<string, string> Keyed(ModelObject one)
    {
        var schema = _schema?.Find(one.ClassName);
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var field = 0; field < one.FieldCount; field++)
        {
            var name = one.KeyOf(field) ?? schema?.LabelAt(field) ?? string.Create(CultureInfo.InvariantCulture, $"field {field + 1}");
            for (var again = 2; !values.TryAdd(name, one.TextOf(field)); again++)
                name = string.Create(CultureInfo.InvariantCulture, $"{name.Split(" #")[0]} #{again}");
        }
        return values;
    }

    private static bool AreSame(string one, string other)
    {
        if (string.Equals(one, other, StringComparison.OrdinalIgnoreCase)) return true;
        return double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var left)
            && double.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out var right) && left.Equals(right);
    }

    private static string Whole(ModelObject one) => OneLine.Of(string.Join(", ", one.Fields.Take(20)), 200);
}
