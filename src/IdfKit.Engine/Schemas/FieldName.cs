using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace IdfKit.Engine.Schemas;

/// <summary>Names of fields as people write them.</summary>
internal static partial class FieldName
{
    /// <summary>A name in lower case, with one <c>_</c> for each run of other characters: as the schema makes keys of labels.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (char.IsLetterOrDigit(character)) folded.Append(char.ToLowerInvariant(character));
            else if (folded.Length > 0 && folded[^1] != '_') folded.Append('_');
        }
        return folded.ToString().TrimEnd('_');
    }

    /// <summary>Whether a folded name is that of a field: its label's or its key's.</summary>
    public static bool Is(FieldSchema field, string folded) => Fold(field.Label) == folded || field.Key.Trim('_') == folded;

    /// <summary>A folded name without one of its numbers, for each of them.</summary>
    public static IEnumerable<(string Name, int Number)> WithoutNumber(string folded)
    {
        var words = folded.Split('_');
        for (var at = 0; at < words.Length; at++)
            if (int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                yield return (string.Join('_', words.Where((_, other) => other != at)), number);
    }

    /// <summary>The label of a field with the number of its group, where the first group has its own: "Vertex 2 X-coordinate".</summary>
    public static string WithNumber(FieldSchema field, int number)
    {
        var written = number.ToString(CultureInfo.InvariantCulture);
        foreach (var found in Number().EnumerateMatches(field.NumberedLabel ?? ""))
        {
            var (before, after) = (field.NumberedLabel![..found.Index], field.NumberedLabel[(found.Index + found.Length)..]);
            if (Is(field, Fold(before + " " + after))) return before + written + after;
        }
        return $"{field.Label} {written}";
    }

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
