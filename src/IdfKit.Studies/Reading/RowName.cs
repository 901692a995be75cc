using System.Buffers;
using System.Security.Cryptography;
using System.Text;

using IdfKit.Storage;

namespace IdfKit.Studies.Reading;

/// <summary>Names of rows, which become names of folders.</summary>
internal static class RowName
{
    private const int Longest = 100, DigitsOfHash = 10;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\:*?\"<>|");

    /// <summary>What is wrong with a name, as a part of a sentence; null: nothing.</summary>
    public static string? FaultOf(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > Longest) return StudySentences.NameTooLong(Longest);
        var hasSigns = name.AsSpan().ContainsAny(Forbidden) || name.Any(char.IsControl) || !StoragePath.IsValid("runs/" + name + "x");
        if (hasSigns) return StudySentences.NameHasSigns;
        return name is "." or ".." || name.EndsWith('.') ? StudySentences.NameHasDots : null;
    }

    /// <summary>Two names that a disk may take for one have the same of these.</summary>
    public static string Fold(string name) => name.Normalize(NormalizationForm.FormC).ToUpperInvariant();

    /// <summary>
    /// The name of a row without one: by its values, whatever the order of rows and columns, so that no row gets the results of another.
    /// </summary>
    public static string Of(IEnumerable<(StudyColumn Column, string Value)> values)
    {
        var text = new StringBuilder();
        foreach (var (column, value) in values.OrderBy(one => one.Column.Key, StringComparer.Ordinal))
            text.Append(column.Key).Append('\0').Append(value).Append('\0');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..DigitsOfHash];
    }
}
