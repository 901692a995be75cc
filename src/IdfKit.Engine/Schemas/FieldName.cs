using System.Globalization;
using System.Text;

namespace IdfKit.Engine.Schemas;

/// <summary>Names of fields as people write them.</summary>
internal static class FieldName
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

    /// <summary>
    /// A label with the number of its group, behind the words that say what is numbered: "Vertex 1 X-coordinate", "Space 1 Name".
    /// </summary>
    public static string WithNumber(string label, int number)
    {
        var space = label.StartsWith("Vertex ", StringComparison.Ordinal) ? "Vertex".Length : label.Length;
        return string.Create(CultureInfo.InvariantCulture, $"{label[..space]} {number}{label[space..]}");
    }
}
