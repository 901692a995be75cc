using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using IdfKit.Storage;

namespace IdfKit.Drops.Objects;

/// <summary>
/// The folder that a key's results go into: a valid path, and no two keys that are answered share one. It is the key without a
/// final <c>.idf</c> where what remains would not be answered by itself. Parts that cannot stand in a path, and parts that look
/// like the escape of one or like EnergyPlus's own files, are written as <c>%%</c> and their percent encoding; a key too long for its
/// results is named by its hash.
/// </summary>
/// <remarks>The results of a study go into <c>office.study</c>; the model <c>office.study.idf</c> keeps its name whole.</remarks>
internal static class ResultFolder
{
    private const int LongestResultNameBytes = 48; // eplusout.* and the preprocessors' files are all shorter
    private const string Escape = "%%";
    private const string LongKeys = Escape + "long/"; // no escape of a part: those hold a '%' and two hexadecimal digits, or nothing
    private const string Idf = ".idf";
    private const string OfEnergyPlus = "eplusout."; // listings have all that begins so as one entry

    /// <summary>Without a trailing <c>/</c>.</summary>
    /// <param name="outputPrefix">Empty, or ending with <c>/</c>.</param>
    /// <param name="name">The key without the input prefix.</param>
    internal static string Of(string outputPrefix, string name)
    {
        var folder = Readable(outputPrefix, name);
        return Fits(folder) ? folder : outputPrefix + LongKeys + Hash(name);
    }

    /// <summary>Whether the results of a key have room under names that can be read.</summary>
    internal static bool HasRoom(string outputPrefix, string name) => Fits(Readable(outputPrefix, name));

    private static string Readable(string outputPrefix, string name) =>
        outputPrefix + string.Join('/', WithoutIdf(name).Split('/').Select(Part));

    private static bool Fits(string folder) =>
        Encoding.UTF8.GetByteCount(folder) + 1 + LongestResultNameBytes <= StoragePath.MaxBytes;

    private static string WithoutIdf(string name)
    {
        if (!name.EndsWith(Idf, StringComparison.Ordinal)) return name;
        var rest = ObjectKey.FromText(name[..^Idf.Length]);
        return rest.Name.Length == 0 || FileKind.IsAnswered(rest) || FileKind.IsFolderOfStudy(rest.Name) ? name : rest.Value;
    }

    private static string Part(string part) => IsPlain(part) ? part : Escape + Encoded(part);

    private static bool IsPlain(string part)
    {
        if (part is "" or "." or ".." || part.StartsWith(Escape, StringComparison.Ordinal)) return false;
        if (part.StartsWith(OfEnergyPlus, StringComparison.Ordinal)) return false;
        for (var i = 0; i < part.Length; i++)
        {
            if (char.IsControl(part[i]) && part[i] <= '\u007f') return false;
            if (!char.IsSurrogate(part[i])) continue;
            if (i + 1 == part.Length || !char.IsSurrogatePair(part[i], part[++i])) return false;
        }
        return true;
    }

    private static string Encoded(string part)
    {
        var isDots = part is "." or "..";
        var text = new StringBuilder();
        foreach (var c in part)
        {
            if (char.IsSurrogate(c)) text.Append(CultureInfo.InvariantCulture, $"%u{(int)c:X4}");
            else if (c is '%' or < ' ' or '\u007f' || isDots) text.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            else text.Append(c);
        }
        return text.ToString();
    }

    private static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(name)));
}
