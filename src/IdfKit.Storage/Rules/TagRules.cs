using System.Globalization;
using System.Text;

namespace IdfKit.Storage.Rules;

/// <summary>
/// What tags may be so that Amazon takes them:
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html.
/// </summary>
internal static class TagRules
{
    /// <summary>Most tags of one object, those of the file system included.</summary>
    public const int Most = 10;

    private const int LongestKey = 128, LongestValue = 256;
    private const string Marks = "+-=._:/@";

    /// <summary>What is wrong with them, as "a tag that …"; null when nothing is.</summary>
    public static string? Fault(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > Most) return $"{tags.Count} tags, where {Most} are the most";
        foreach (var (key, value) in tags)
        {
            if (KeyFault(key) is { } wrong) return $"the tag '{StoragePath.Shown(key)}', which {wrong}";
            if (ValueFault(value) is { } fault) return $"a value of the tag '{key}' that {fault}";
        }
        return null;
    }

    private static string? KeyFault(string key) =>
        key.Length == 0 ? "is empty"
        : key.Length > LongestKey ? $"is longer than {LongestKey} characters"
        : key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) ? "belongs to Amazon"
        : CharacterFault(key);

    private static string? ValueFault(string? value) =>
        value is null ? "is null"
        : value.Length > LongestValue ? $"is longer than {LongestValue} characters"
        : CharacterFault(value);

    private static string? CharacterFault(string text) => text.EnumerateRunes().All(IsTaken)
        ? null
        : $"has a character other than letters, digits, blanks and {Marks}";

    // Half a surrogate pair is enumerated as U+FFFD, which is none of these.
    private static bool IsTaken(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        <= UnicodeCategory.OtherLetter => true,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => true,
        UnicodeCategory.SpaceSeparator => true,
        _ => rune.IsAscii && Marks.Contains((char)rune.Value, StringComparison.Ordinal),
    };
}
