using System.Buffers;
using System.Text;

using IdfKit.Engine.Schemas;

namespace IdfKit.Studies.Columns;

/// <summary>An address as it is written: <c>Class/Object/Field</c>.</summary>
/// <param name="ClassName">The class.</param>
/// <param name="ObjectName">The object's name; null: the only one, or every one.</param>
/// <param name="IsEvery">Whether it is every object of the class: <c>*</c>.</param>
/// <param name="Field">The field's label or its schema's name.</param>
internal sealed record FieldPath(string ClassName, string? ObjectName, bool IsEvery, string Field)
{
    private static readonly SearchValues<char> OfClassNames =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:_- ");

    /// <summary>The same for all ways to write an address.</summary>
    public string Key =>
        $"{ClassName.ToLowerInvariant()}/{(IsEvery ? "*" : ObjectName?.ToLowerInvariant().Replace("/", "\\/", StringComparison.Ordinal))}"
        + $"/{FieldName.Fold(Field)}";

    /// <summary>
    /// Takes an address apart: a backslash before a slash, a star or a backslash takes its meaning away, and a field's name may have
    /// slashes. Null: it is none.
    /// </summary>
    public static FieldPath? Parse(string heading)
    {
        var first = heading.IndexOf('/', StringComparison.Ordinal);
        if (first <= 0 || heading.AsSpan(0, first).ContainsAnyExcept(OfClassNames)) return null;
        var name = new StringBuilder();
        for (var at = first + 1; at < heading.Length; at++)
        {
            if (heading[at] == '/') return Of(heading[..first], heading[(first + 1)..at], name.ToString(), heading[(at + 1)..]);
            if (heading[at] == '\\' && at + 1 < heading.Length && heading[at + 1] is '/' or '*' or '\\') at++;
            name.Append(heading[at]);
        }
        return null;
    }

    private static FieldPath? Of(string className, string written, string name, string field)
    {
        if (field.Trim() is not { Length: > 0 } label) return null;
        var isEvery = written.Trim() is "*";
        var named = name.Trim();
        var objectName = isEvery || named.Length == 0 ? null : named;
        return new(className.Trim(), objectName, isEvery, label.Replace("\\/", "/", StringComparison.Ordinal));
    }
}
