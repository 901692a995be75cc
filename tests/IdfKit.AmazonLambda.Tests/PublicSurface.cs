using System.Reflection;

namespace IdfKit.AmazonLambda.Tests;

/// <summary>
/// An assembly's public members as lines of text, in the manner of <c>amazon-lambda-api.txt</c>: a type, then its own
/// members.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static SortedDictionary<string, SortedSet<string>> Of(Assembly assembly)
    {
        var types = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var type in assembly.GetExportedTypes()) types[Header(type)] = Members(type);
        return types;
    }

    public static SortedDictionary<string, SortedSet<string>> Parse(IEnumerable<string> lines)
    {
        var types = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        SortedSet<string>? members = null;
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == ' ') members!.Add(line.Trim());
            else types[line] = members = new SortedSet<string>(StringComparer.Ordinal);
        }
        return types;
    }

    /// <summary>
    /// What code could tell apart, a line each: with an overload too few, a call compiles here that is ambiguous there. A type that
    /// <paramref name="ours"/> leaves out is no difference.
    /// </summary>
    public static IEnumerable<string> Differences(
        SortedDictionary<string, SortedSet<string>> ours, SortedDictionary<string, SortedSet<string>> published)
    {
        foreach (var (type, members) in ours)
        {
            if (!published.TryGetValue(type, out var known))
            {
                yield return $"{type} is not published";
                continue;
            }
            foreach (var member in known.Except(members)) yield return $"{type}: {member} is missing";
            foreach (var member in members.Except(known)) yield return $"{type}: {member} is not published";
        }
    }

    private static string Header(Type type)
    {
        var kind = type.IsInterface ? "interface"
            : type.IsEnum ? "enum"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        var parent = type.BaseType is { } b && b != typeof(object) ? " : " + Name(b) : string.Empty;
        return $"{kind} {type.FullName}{parent} [{string.Join(',', type.GetInterfaces().Select(Name))}]";
    }

    private static SortedSet<string> Members(Type type)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        if (type.IsEnum)
        {
            lines.Add(string.Join(", ", Enum.GetNames(type).Select(name => $"{name}={Convert.ToInt64(Enum.Parse(type, name))}")));
            return lines;
        }
        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible)) lines.Add($"ctor({Parameters(constructor)})");
        foreach (var property in type.GetProperties(Declared))
        {
            var accessors = new[] { (property.GetMethod, "get; "), (property.SetMethod, "set; ") }
                .Where(accessor => accessor.Item1 is { } method && IsVisible(method)).Select(accessor => accessor.Item2).ToArray();
            if (accessors.Length > 0) lines.Add($"{Name(property.PropertyType)} {property.Name} {{ {string.Concat(accessors)}}}");
        }
        foreach (var method in type.GetMethods(Declared).Where(method => IsVisible(method) && !method.IsSpecialName))
            lines.Add(Method(type, method));
        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
            lines.Add($"field {Name(field.FieldType)} {field.Name}");
        return lines;
    }

    private static string Method(Type type, MethodInfo method)
    {
        var modifier = method.IsStatic ? "static " : type.IsInterface && !method.IsAbstract ? "default " : string.Empty;
        var generic = method.IsGenericMethod ? $"<{string.Join(',', method.GetGenericArguments().Select(Name))}>" : string.Empty;
        return $"{modifier}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : string.Empty)
        + (parameter.ParameterType.IsByRef ? "ref " : string.Empty)
        + Name(parameter.ParameterType) + " " + parameter.Name
        + (parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "null") : string.Empty)));

    /// <summary>Public, or protected: what code outside the assembly can come to depend on.</summary>
    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericType)
            return $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(',', type.GetGenericArguments().Select(Name))}>";
        if (type == typeof(string)) return "string";
        if (type == typeof(int)) return "int";
        if (type == typeof(long)) return "long";
        if (type == typeof(bool)) return "bool";
        if (type == typeof(object)) return "object";
        return type == typeof(void) ? "void" : type.Name;
    }
}
