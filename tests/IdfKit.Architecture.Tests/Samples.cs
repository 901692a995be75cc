using System.Collections;
using System.Reflection;

namespace IdfKit.Architecture.Tests;

/// <summary>Values of any type that a sentence may be given: ordinary ones, and those that break a line.</summary>
internal static class Samples
{
    private const int Deepest = 4;

    private static readonly string[] Texts =
    [
        "office.idf", "Gebäude Süd/Büro 1.epJSON", "",
        " ", "a\nb\r\nc\td\0e\u001b[31mf\u2028g\u202eh", new('x', 5_000), string.Concat(Enumerable.Repeat("🏠 ", 2_000)),
        "ends with a full stop.", "'quoted' \"twice\"", "half \ud83d",
    ];

    // What the catalogue itself has made, and what our own code says: clean, and of bounded length.
    private static readonly string[] Parts = ["drop the model again", "'office.idf'", new('p', 40)];
    private static readonly string[] PartNames = ["who", "owner", "again", "what", "wanted", "bound", "most", "expected", "kind"];
    private static readonly string[] Whole = ["The model is empty.", new string('s', 150) + "."];

    private static readonly object[] Plain =
    [
        0, 1, 12, int.MaxValue, 0L, 1L, 12_345_678L, 0.0, 1.5, 1e300, double.NaN, true, false, 'x', '\n', (byte)7, 0u, 0UL, 2m,
        TimeSpan.Zero, TimeSpan.FromSeconds(90), TimeSpan.FromDays(400), DateTimeOffset.UnixEpoch,
        new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
        new DateOnly(2026, 2, 3), new Uri("https://example.org/a"), new Version(25, 2),
    ];

    /// <summary>At least one value of <paramref name="type"/>; none when there is no way to make one.</summary>
    public static IReadOnlyList<object?> Of(Type type, int depth = 0)
    {
        if (type == typeof(string)) return Texts;
        if (type == typeof(object)) return [Texts[0], Texts[4]];
        if (Nullable.GetUnderlyingType(type) is { } inner) return [null, .. Of(inner, depth)];
        if (type.IsEnum) return [.. Enum.GetValues(type).Cast<object>()];
        if (Plain.Where(type.IsInstanceOfType).ToArray() is { Length: > 0 } plain) return plain;
        if (ElementOf(type) is { } element) return Lists(element, depth);
        return depth < Deepest ? Made(type, depth) : [];
    }

    private static Type? ElementOf(Type type)
    {
        if (type.IsArray) return type.GetElementType();
        var lists = type.GetInterfaces()
            .Append(type)
            .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return lists.FirstOrDefault()?.GetGenericArguments()[0];
    }

    private static IReadOnlyList<object?> Lists(Type element, int depth)
    {
        var elements = Of(element, depth + 1);
        if (elements.Count == 0) return [];
        object?[][] contents = [[], [elements[0]], [.. elements], [.. Enumerable.Repeat(elements[0], 1_000)]];
        return [.. contents.Select(content => ListOf(element, content))];
    }

    private static Array ListOf(Type element, IList content)
    {
        var array = Array.CreateInstance(element, content.Count);
        for (var i = 0; i < content.Count; i++) array.SetValue(content[i], i);
        return array;
    }

    /// <summary>
    /// Instances of a type of ours: by its constructors, by static methods that take text or numbers, or by a type that
    /// derives from it.
    /// </summary>
    private static List<object?> Made(Type type, int depth)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var factories = type.GetMethods(All)
            .Where(method => method.IsStatic && method.ReturnType == type && !method.IsSpecialName && method.GetParameters().Length > 0);
        MethodBase[] ways = [
            .. type.IsAbstract ? [] : type.GetConstructors(All).Where(way => !way.IsStatic && !IsCopy(way, type)), .. factories
        ];
        var made = ways.Where(way => !way.ContainsGenericParameters).SelectMany(way => Called(way, depth)).ToList();
        if (made.Count > 0 || !type.IsAbstract) return made;
        return [.. type.Assembly.GetTypes()
            .Where(other => !other.IsAbstract && other.IsSubclassOf(type))
            .SelectMany(other => Made(other, depth))];
    }

    private static bool IsCopy(ConstructorInfo way, Type type) => way.GetParameters() is [var only] && only.ParameterType == type;

    private static IEnumerable<object?> Called(MethodBase way, int depth)
    {
        foreach (var arguments in Arguments(way.GetParameters(), depth + 1))
        {
            object? made;
            try { made = way is ConstructorInfo constructor ? constructor.Invoke(arguments) : way.Invoke(null, arguments); }
            // it guards itself
            catch (TargetInvocationException e)
                when (e.InnerException is ArgumentException or FormatException or OverflowException) { continue; }
            if (made is not null) yield return made;
        }
    }

    /// <summary>Lists of arguments in which each value of each parameter stands at least once.</summary>
    public static IEnumerable<object?[]> Arguments(ParameterInfo[] parameters, int depth = 0)
    {
        var values = parameters.Select(parameter => ValuesOf(parameter, depth)).ToList();
        if (values.Exists(each => each.Count == 0)) yield break;
        var most = values.Select(each => each.Count).DefaultIfEmpty(1).Max();
        for (var i = 0; i < most; i++) yield return [.. values.Select(each => each[i % each.Count])];
        for (var p = 0; p < parameters.Length; p++)
            foreach (var value in values[p]) yield return [.. values.Select((each, other) => other == p ? value : each[0])];
    }

    private static object?[]? PartsOf(ParameterInfo parameter)
    {
        if (parameter.Name is "sentences") return [Array.Empty<string>(), Whole];
        if (parameter.ParameterType != typeof(string)) return null;
        if (parameter.Name is "sentence") return Whole;
        return PartNames.Contains(parameter.Name) ? Parts : null;
    }

    private static IReadOnlyList<object?> ValuesOf(ParameterInfo parameter, int depth)
    {
        var values = PartsOf(parameter) ?? Of(parameter.ParameterType, depth);
        var mayBeNull = !parameter.ParameterType.IsValueType
            && new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable;
        return mayBeNull ? [.. values, null] : values;
    }
}
