using System.Collections.ObjectModel;
using System.Text;

namespace IdfKit.Storage.Rules;

/// <summary>
/// What metadata may be so that every server holds it: on S3 it travels in headers, and Amazon counts it there.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
/// </summary>
internal static class MetadataRules
{
    /// <summary>Most bytes of all keys and values.</summary>
    public const int MostBytes = 2048;

    /// <summary>A key of this library's own; see the contract's limits of servers.</summary>
    public const string ReservedKey = "idfkit-write";

    private const int EncodedWordBytes = 12;  // =?UTF-8?B?…?=

    /// <summary>What is wrong with it, as "metadata that …"; null when nothing is.</summary>
    public static string? Fault(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0) return null;
        var bytes = 0L;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in metadata)
        {
            if (KeyFault(key) is { } wrong) return $"the metadata key '{StoragePath.Shown(key)}', which {wrong}";
            if (!seen.Add(key)) return $"the metadata key '{key}' twice, since keys are kept in lower case";
            if (ValueFault(value) is { } fault) return $"a value of the metadata key '{key}' that {fault}";
            bytes += key.Length + Bytes(value);
        }
        return bytes > MostBytes ? $"{bytes} bytes of metadata, where {MostBytes} are the most" : null;
    }

    /// <summary>As it is kept: keys in lower case.</summary>
    public static IReadOnlyDictionary<string, string> Kept(IReadOnlyDictionary<string, string> metadata) => metadata.Count == 0
        ? ReadOnlyDictionary<string, string>.Empty
        : metadata.ToDictionary(static pair => pair.Key.ToLowerInvariant(), static pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Whether a value can stand in a header as it is; else it travels as an encoded word (RFC 2047).</summary>
    public static bool TravelsPlain(string value) =>
        Ascii.IsValid(value) && value.Trim() == value && !value.StartsWith("=?", StringComparison.Ordinal);

    private static string? KeyFault(string key) =>
        key.Length == 0 ? "is empty"
        : key.Equals(ReservedKey, StringComparison.OrdinalIgnoreCase) ? "belongs to this library"
        : key.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-') ? null
        : "has a character other than ASCII letters, digits and '-'";

    private static string? ValueFault(string? value) =>
        value is null ? "is null"
        : value.Any(char.IsControl) ? "has a control character"
        : UnicodeText.IsWellFormed(value) ? null
        : "has half of a surrogate pair";

    private static long Bytes(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        return TravelsPlain(value) ? bytes : EncodedWordBytes + (bytes + 2L) / 3 * 4;
    }
}
